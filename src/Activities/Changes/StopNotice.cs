using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>The end of special-hardship relief is put up in public for seven days before it takes effect (tekun rule art. 26); an objection, <c>objection:change:{id}</c>, has it looked at again.</summary>
/// <remarks>Nothing is put up of children, of those with a confidential condition, and of who moves away or wants no more: then the stop goes on without it (README 0.2b).</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Puts the end of special-hardship relief up in public before it takes effect.", Chinese = "终止供养公示", Waits = true)]
[Outcomes("Over", "Objection", "NotNeeded")]
public sealed class StopNotice : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ChangeScene.Of(db, ChangeId, context, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var facts = (await new PersonQueries(db).Facts(scene.Person.Id, today, cancellationToken))!;
        if (scene.Change is not { Decision: ChangeDecision.Stop, StopReason: StopReason.NotEligible or StopReason.Recovered or StopReason.NoNeed } || facts.Minor || facts.Confidential
            || !facts.Categories.Contains(ReliefCategory.Tekun))
            return new Completed("NotNeeded");
        var due = await new Deadlines(db).Of("change.stopNotice", scene.Township, context.Now, cancellationToken);
        var until = ChinaTime.DayOf(due.Due);
        await new ChangeBook(db).Change(ChangeId, ("StopNoticeUp", new { until }), change => change with
        {
            NoticeUntil = until, EffectiveOn = change.EffectiveOn > until ? change.EffectiveOn : until
        }, context.DeedOf("up"), cancellationToken);
        return new Waiting([Bookmark.Event("objection", "objection:" + ChangeBook.Chain(ChangeId)), Bookmark.Timer("until", due.Due)])
        {
            Send = [Tell.Unit("change.notice", "V", scene.Person.AreaCode, new { caseNumber = scene.Title, until })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Completed("Over");
        await using var db = ReliefDbContext.Over(context.Records);
        var answer = Answer.From(wakeup);
        await new ChangeBook(db).Change(ChangeId, ("StopObjected", new { answer.Reason }), change => change with { Status = ChangeStatus.Open }, context.DeedOf("objected", answer.By), cancellationToken);
        return new Completed("Objection");
    }
}
