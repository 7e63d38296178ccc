using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Keeps a denied case open while the person may appeal and while an appeal is open; what comes of it arrives as <c>appeal:{caseId}</c> (P25).</summary>
/// <remarks>
/// A new survey by <c>Appealed</c>, a new review by <c>Reopened</c>, a new classification of a case without needs by <c>Reclassify</c>. An appeal that changes nothing lets the
/// case wait for the rest of its time, and close after it.
/// </remarks>
[Activity("Relief Case", "Keeps a denied case open while the person may appeal.", Chinese = "申诉期", Waits = true)]
[Outcomes(DeniedCase.Appealed, DeniedCase.Reopened, DeniedCase.Reclassify, Expired)]
[ChangesRecords]
public sealed class AppealWindow(ReliefDatabase database) : Activity
{
    private const string Expired = nameof(Expired);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The last day of appeal; 60 days from now when the letter names none.", Chinese = "申诉截止日")]
    public DateOnly? AppealBy { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        var until = ChinaTime.EndOf(AppealBy ?? ChinaTime.DayOf(context.Now).AddDays(60));
        return Task.FromResult<ActivityResult>(new Waiting([Bookmark.Event("appeal", DeniedCase.Heard(CaseId)), Bookmark.Timer("until", until)]) { Memo = Json(until) });
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.IsTimer)
            return scene.Case.Flags.Contains(DeniedCase.AppealOpen) ? await KeepWaiting() : await Complete(Expired);
        var said = Answer.From(wakeup).Decision;
        if (said is DeniedCase.Appealed or DeniedCase.Reopened or DeniedCase.Reclassify)
            return await Complete(said);
        return context.Memo?.GetDateTimeOffset() <= context.Now && !scene.Case.Flags.Contains(DeniedCase.AppealOpen)
            ? await Complete(Expired)
            : await KeepWaiting([Bookmark.Event($"appeal-{context.KeyFor(wakeup.Bookmark):N}", DeniedCase.Heard(CaseId))]);
    }
}
