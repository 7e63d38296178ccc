using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Begins the check of every open hit, each as a procedure of its own (P17 step 5).</summary>
/// <remarks>So many at a time and each part with a commit of its own: a month of many hits holds up nothing else. A check's id is made of its hit.</remarks>
[ChangesRecords]
[Activity("Relief Matching", "Begins the check of every open hit.", Chinese = "派发核查", Waits = true)]
public sealed class FollowHits : Activity
{
    private const int AtOnce = 200;

    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Next(context, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Next(context, cancellationToken);

    private async Task<ActivityResult> Next(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var hits = await new HitBook(db).Follow(RunId, AtOnce, context.Now, cancellationToken);
        Message[] starts = [.. hits.Select(StartOf)];
        return hits.Count < AtOnce
            ? new Completed(Done) { Send = [.. starts] }
            : new Waiting([Bookmark.Timer($"more-{hits[^1].Id}", context.Now)]) { Send = [.. starts] };
    }

    // A death stops the instances of its person; the one that has it checked must go on.
    private static Message StartOf(MatchHit hit) => Message.Of(new ChildStart(
        InstanceIds.Of("datamatch.hit:" + hit.Id), "procedure.datamatch.warning", Json(new { hitId = hit.Id }), "hit:" + hit.Id, "hit:" + hit.Id,
        hit.PersonId is { } person && hit.Kind != MatchRule.Death ? "person:" + person : null));
}
