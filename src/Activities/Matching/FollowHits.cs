using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Begins the check of every open hit, each as a procedure of its own (P17 step 5).</summary>
/// <remarks>A check's id is made of its hit.</remarks>
[ChangesRecords]
[Activity("Relief Matching", "Begins the check of every open hit.", Chinese = "派发核查", Waits = true)]
public sealed class FollowHits : FollowEach
{
    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    protected override async Task<IReadOnlyList<(string Id, ChildStart Start)>> Next(ReliefDbContext db, int most, ActivityContext context, CancellationToken cancellationToken) =>
        [.. (await new HitBook(db).Follow(RunId, most, context.Now, cancellationToken)).Select(hit => (hit.Id, StartOf(hit)))];

    // A death stops the instances of its person; the one that has it checked must go on.
    private static ChildStart StartOf(MatchHit hit) => new(
        InstanceIds.Of("datamatch.hit:" + hit.Id), "procedure.datamatch.warning", Json(new { hitId = hit.Id }), "hit:" + hit.Id, "hit:" + hit.Id,
        hit.PersonId is { } person && hit.Kind != MatchRule.Death ? "person:" + person : null);
}
