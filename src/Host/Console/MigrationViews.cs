using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>Reads what the page of a migration shows.</summary>
internal sealed class MigrationViews(DrawnNames names, DefinitionQueries definitions, Migrations migrations)
{
    /// <returns>Null when there is no such definition.</returns>
    public async Task<MigrationModel?> Of(MigrationWish wish, string? problem, CancellationToken cancellationToken)
    {
        if (await names.Drawing(wish.DefinitionId, cancellationToken) is not { } drawing)
            return null;

        var versions = await definitions.Search(new DefinitionSearch { DefinitionIds = [wish.DefinitionId], Take = Cursor.MaxTake }, cancellationToken);
        var (report, refusal) = await migrations.Report(wish, cancellationToken);
        return new MigrationModel(drawing, [.. versions.Items.OrderByDescending(version => version.Version)], wish, report)
        {
            Problem = problem ?? (refusal is { } why ? $"migration.{why}" : null)
        };
    }
}

/// <param name="Versions">All of them, the newest first.</param>
/// <param name="Report">Null when there is nothing to report on; the problem says why.</param>
public sealed record MigrationModel(Definition Drawing, IReadOnlyList<DefinitionLine> Versions, MigrationWish Wish, MigrationReport? Report)
{
    /// <summary>The key of what was refused; null when nothing was.</summary>
    public string? Problem { get; init; }
}
