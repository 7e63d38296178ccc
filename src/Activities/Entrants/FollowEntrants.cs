using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>Begins the follow-up of everybody on a list, each as a procedure of its own (P12 a).</summary>
/// <remarks>A follow-up's id is made of list and person.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Begins the follow-up of everybody on a list.", Chinese = "派发新增对象跟进", Waits = true)]
public sealed class FollowEntrants : FollowEach
{
    [Input("The list.", Chinese = "名单")]
    public required string ListId { get; init; }

    protected override async Task<IReadOnlyList<(string Id, ChildStart Start)>> Next(ReliefDbContext db, int most, ActivityContext context, CancellationToken cancellationToken) =>
        [.. (await new EntrantBook(db).Follow(ListId, most, context.Now, cancellationToken)).Select(one => (one.Id, new ChildStart(
            InstanceIds.Of("entrant:" + one.Id), "procedure.entrants.person", Json(new { entrantId = one.Id }), EntrantBook.Chain(ListId), "entrant:" + one.Id)))];
}
