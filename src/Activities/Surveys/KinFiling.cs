using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Files the case of a relative of relief staff separately and asks the county to survey it too (A52, E09, dibao rule art. 11).</summary>
[Activity("Relief Survey", "Files the case of a relative of relief staff separately.", Chinese = "亲属备案")]
[Outcomes(Filed, NotNeeded)]
[ChangesRecords]
public sealed class KinFiling(ReliefDatabase database) : Activity
{
    /// <summary>The flag that stands until the county has surveyed; no approval while it does.</summary>
    public const string CountySurveyDue = nameof(CountySurveyDue);

    private const string Filed = nameof(Filed);
    private const string NotNeeded = nameof(NotNeeded);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (!await new StaffQueries(records).HasKinOnStaff(scene.Case.PersonId, cancellationToken))
            return await Complete(NotNeeded);
        if (scene.Case.Flags.Contains(nameof(KinFiling)))
            return await Complete(Filed);
        var deed = Deed.Of(context);
        var cases = new CaseBook(records);
        await cases.Flag(CaseId, nameof(KinFiling), true, deed, cancellationToken);
        await cases.Flag(CaseId, CountySurveyDue, true, deed.Step("county"), cancellationToken);
        return await Complete(Filed);
    }
}
