using System.Text.Json;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Takes running instances over to another version of their definition: reported first, carried out as a batch that two people want.</summary>
/// <remarks>
/// Each instance goes over by mail, in a burst of its own: fenced, journalled, whole or not at all. One that has moved on meanwhile to where it would be
/// stranded stays where it is. The way back is the same the other way round, and exact for an instance that went over as it was.
/// </remarks>
public sealed class Migrations(ReadSide side, DefinitionLibrary library, RepairBatches batches)
{
    private const int PageSize = 500;

    /// <summary>What it would do; nothing is changed.</summary>
    public async Task<(MigrationReport? Report, MigrationRefusal? Refusal)> Report(MigrationWish wish, CancellationToken cancellationToken)
    {
        var (tally, refusal) = await Count(wish, await library.Find(wish.DefinitionId, Choice(wish), cancellationToken), cancellationToken);
        return (tally?.ToReport(), refusal);
    }

    /// <summary>Writes down one migration per instance that can go over; it begins when a second person agrees.</summary>
    public async Task<(RepairBatch? Batch, MigrationRefusal? Refusal)> Ask(MigrationWish wish, string reason, string by, CancellationToken cancellationToken)
    {
        var (tally, refusal) = await Count(wish, await library.FindToStart(wish.DefinitionId, Choice(wish), cancellationToken), cancellationToken);
        if (tally is null)
            return (null, refusal);
        if (tally.Movable.Count == 0)
            return (null, MigrationRefusal.Nothing);

        var order = new RepairOrder
        {
            Action = RepairAction.Migrate, To = tally.To.VersionId, Reason = reason, By = by,
            Values = wish.Places.ToDictionary(place => place.Key, place => JsonSerializer.SerializeToElement(place.Value))
        };
        return (await batches.Begin(order, [.. tally.Movable.Select(id => (id, (string?)null))], wish, isGrave: true, cancellationToken), null);
    }

    private static VersionChoice Choice(MigrationWish wish) => wish.ToVersion is { } number ? VersionChoice.Exactly(number) : VersionChoice.Published;

    private async Task<(MigrationTally? Tally, MigrationRefusal? Refusal)> Count(MigrationWish wish, CompiledVersion? to, CancellationToken cancellationToken)
    {
        if (to is null)
            return (null, MigrationRefusal.NoVersion);
        if (wish.Places.Values.Any(place => !to.Definition.Nodes.ContainsKey(place)))
            return (null, MigrationRefusal.NoPlace);

        var tally = new MigrationTally(to.Definition, wish.Places);
        for (Guid? after = null; ;)
        {
            var page = await Standing(wish, (to.VersionId, after), cancellationToken);
            foreach (var one in page)
            {
                if (await library.Version(one.VersionId, cancellationToken) is { } from)
                    tally.Add(from, one.State);
            }

            if (tally.Total > RepairBatches.Most)
                return (null, MigrationRefusal.TooMany);
            if (page.Count < PageSize)
                return (tally, null);

            after = page[^1].State.Id;
        }
    }

    private Task<List<(string VersionId, Instance State)>> Standing(MigrationWish wish, (string VersionId, Guid? After) at, CancellationToken cancellationToken) =>
        new Query(side, "select i.definition_version_id, s.state from instance i join instance_state s on s.instance_id = i.id")
            .Where("i.status < 8").Where("i.definition_id = {0}", wish.DefinitionId).Where("i.definition_version_id <> {0}", at.VersionId)
            .Where("i.definition_version = {0}", wish.FromVersion)
            .Where("i.id in (select r.instance_id from repair r where r.batch_id = {0} and r.state = 2)", wish.OfBatch)
            .Where("i.id > {0}", at.After)
            .Then("order by i.id limit {0}", PageSize)
            .Read(row => (row.Text("definition_version_id"), InstanceState.Read(row.Bytes("state"))), cancellationToken);
}
