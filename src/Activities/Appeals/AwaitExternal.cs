using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Keeps a matter open while another body may be asked or is asked, until it has decided (P25 step 5; reconsideration: 60 days to ask, 60 and 30 more to decide).</summary>
/// <remarks>What the other body decides is recorded over REST and heard as <c>appeal:{id}</c>. A matter that was decided for who appealed, and that nobody took outside, waits for nothing.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Keeps a matter open while another body may be asked, until it has decided.", Chinese = "外部复议诉讼跟踪", Waits = true)]
[Outcomes("Over", "Changed", "Decided")]
public sealed class AwaitExternal : Activity
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var matter = await new AppealBook(db).Get(AppealId, cancellationToken);
        var until = ChinaTime.EndOf(matter.Until ?? ChinaTime.DayOf(context.Now));
        if (await End(db, matter, context.Now >= until || await IsSettled(db, matter, cancellationToken), context, cancellationToken) is { } end)
            return new Completed(end);
        return until > context.Now ? new Waiting([Look("look"), Bookmark.Timer("until", until)]) : new Waiting([Look("look")]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var matter = await new AppealBook(db).Get(AppealId, cancellationToken);
        var isOver = wakeup.IsTimer || context.Now >= ChinaTime.EndOf(matter.Until ?? ChinaTime.DayOf(matter.CreatedAt));
        if (await End(db, matter, isOver, context, cancellationToken) is { } end)
            return new Completed(end);
        return new Waiting(wakeup.IsTimer ? [] : [Look($"look-{context.KeyFor(wakeup.Bookmark):N}")]);
    }

    private Bookmark Look(string name) => Bookmark.Event(name, AppealBook.Changed(AppealId));

    // In favour of who appealed: there is nothing left to ask for.
    private static async Task<bool> IsSettled(ReliefDbContext db, Appeal matter, CancellationToken cancellationToken) =>
        matter is { LateNote: not null, Result: null } || await CloseAppeal.EndOf(db, matter, cancellationToken) is not AppealEnd.Upheld;

    private static async Task<string?> End(ReliefDbContext db, Appeal matter, bool isOver, ActivityContext context, CancellationToken cancellationToken)
    {
        var tracks = await new AppealBook(db).Tracks(matter.Id, cancellationToken);
        if (tracks.Any(track => track.Result is null))
            return null;
        if (tracks.LastOrDefault(track => track.Result is AppealEnd.Changed or AppealEnd.Revoked && track.Id != matter.AppliedTrackId) is { } won)
        {
            await new AppealBook(db).Change(matter.Id, ("ExternalResultTaken", new { track = won.Id }), row => row with { AppliedTrackId = won.Id }, context.DeedOf("taken-" + won.Id), cancellationToken);
            return "Changed";
        }

        if (!isOver && tracks.Count == 0)
            return null;
        // Who went outside before they were answered here is answered by what was decided there.
        return matter.AnsweredAt is not null || (await new AppealBook(db).Parties(matter.Id, cancellationToken)).All(party => party.LeftAs is not null) ? "Over" : "Decided";
    }
}
