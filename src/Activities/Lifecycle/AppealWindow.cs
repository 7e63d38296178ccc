using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Keeps a denied case open while the person may appeal: an appeal arrives as <c>appeal:{caseId}</c> and opens a new survey (P25).</summary>
[Activity("Relief Case", "Keeps a denied case open while the person may appeal.", Chinese = "申诉期", Waits = true)]
[Outcomes(Appealed, Expired)]
[ChangesRecords]
public sealed class AppealWindow(ReliefDatabase database) : Activity
{
    private const string Appealed = nameof(Appealed);
    private const string Expired = nameof(Expired);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The last day of appeal; 60 days from now when the letter names none.", Chinese = "申诉截止日")]
    public DateOnly? AppealBy { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Wait("appeal:" + CaseId, ChinaTime.EndOf(AppealBy ?? ChinaTime.DayOf(context.Now).AddDays(60)));

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return await Complete(Expired);
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Flag(CaseId, "AppealOpen", true, Deed.Of(context, wakeup, "applicant"), cancellationToken);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        return await Complete(Appealed, scene.ToApplicant("appeal.received", new { caseNumber = scene.Case.Number }));
    }
}
