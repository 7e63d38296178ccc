using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Keeps a case open for after-care when its last order has ended: 30 calendar days, unless policy says otherwise (W-CASE 7).</summary>
/// <remarks>An order that began meanwhile keeps the case open: after-care begins anew until all have ended.</remarks>
[Activity("Relief Case", "Keeps a case open for after-care when its last order has ended.", Chinese = "后续关怀期", Waits = true)]
[Outcomes(Over)]
[ChangesRecords]
public sealed class AfterCare(ReliefDatabase database) : Activity
{
    private const string Over = nameof(Over);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Move(CaseId, CaseStatus.Stopping, "AllOrdersEnded", Deed.Of(context), cancellationToken);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var until = await Until(records, scene, context.Now, cancellationToken);
        return await Wait(until: until, send: scene.ToPerson("case.afterCare", new { caseNumber = scene.Case.Number, until = ChinaTime.DayOf(until) }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        if (!await new OrderQueries(records).AnyOpen(CaseId, cancellationToken))
            return await Complete(Over);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        return await KeepWaiting([Bookmark.Timer($"again-{context.KeyFor(wakeup.Bookmark):N}", await Until(records, scene, context.Now, cancellationToken))]);
    }

    private static async Task<DateTimeOffset> Until(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(now);
        return ChinaTime.EndOf(today.AddDays(await new ParameterQueries(records).Whole("case.afterCare", scene.Case.AreaCode, today, cancellationToken)));
    }
}
