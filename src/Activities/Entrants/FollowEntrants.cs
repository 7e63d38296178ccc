using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>Begins the follow-up of everybody on a list, each as a procedure of its own (P12 a).</summary>
/// <remarks>So many at a time and each part with a commit of its own: a month of many holds up nothing else. A follow-up's id is made of list and person.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Begins the follow-up of everybody on a list.", Chinese = "派发新增对象跟进", Waits = true)]
public sealed class FollowEntrants : Activity
{
    private const int AtOnce = 200;

    [Input("The list.", Chinese = "名单")]
    public required string ListId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Next(context, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Next(context, cancellationToken);

    private async Task<ActivityResult> Next(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var next = await new EntrantBook(db).Follow(ListId, AtOnce, context.Now, cancellationToken);
        Message[] starts = [.. next.Select(one => Message.Of(new ChildStart(
            InstanceIds.Of("entrant:" + one.Id), "procedure.entrants.person", Json(new { entrantId = one.Id }), EntrantBook.Chain(ListId), "entrant:" + one.Id)))];
        return next.Count < AtOnce
            ? new Completed(Done) { Send = [.. starts] }
            : new Waiting([Bookmark.Timer($"more-{next[^1].Id}", context.Now)]) { Send = [.. starts] };
    }
}
