using System.Globalization;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Console;

/// <summary>Takes running instances over to another version: what it would do is read first, then it is asked for with a reason.</summary>
internal static class MigrationPages
{
    private const string Place = "place.";

    /// <summary>The name of the field that chooses where instances at a step go on.</summary>
    public static string FieldOf(string activityId) => Place + activityId;

    public static void MapMigrationPages(this RouteGroupBuilder console)
    {
        console.MapGet("/definitions/{id}/migration", (MigrationViews views, HttpContext context, string id) =>
            Show(views, context, WishOf(id, context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())), null));
        console.MapPost("/definitions/{id}/migration", Ask);
    }

    private static async Task<IResult> Show(MigrationViews views, HttpContext context, MigrationWish wish, string? problem) =>
        await views.Of(wish, problem, context.RequestAborted) is { } model
            ? Doorway.Page<MigrationPage>(context, model, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : Doorway.Missing(context);

    private static async Task<IResult> Ask(MigrationDesk desk, MigrationViews views, HttpContext context, string id)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);

        var form = (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var (wish, reason) = (WishOf(id, form), form.GetValueOrDefault("reason", "").Trim());
        if (!Reasons.Are(reason))
            return await Show(views, context, wish, "refused.reason");

        var (batch, refusal) = await desk.Ask(wish, reason, visitor.By, context.RequestAborted);
        return batch is null ? await Show(views, context, wish, $"migration.{refusal}") : Doorway.Onwards(context, "console/repairs");
    }

    private static MigrationWish WishOf(string id, Dictionary<string, string> asked) => new()
    {
        DefinitionId = id,
        FromVersion = Number(asked.GetValueOrDefault("from")),
        ToVersion = Number(asked.GetValueOrDefault("to")),
        OfBatch = Guid.TryParse(asked.GetValueOrDefault("batch"), out var batch) ? batch : null,
        Places = asked.Where(pair => pair.Key.StartsWith(Place, StringComparison.Ordinal) && pair.Value.Length > 0).ToDictionary(pair => pair.Key[Place.Length..], pair => pair.Value)
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
