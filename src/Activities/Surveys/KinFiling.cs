using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Compares a case with the declarations of relief staff: the case of a relative is to be filed separately, and the county surveys it too (A52, E09, dibao rule art. 11).</summary>
/// <remarks>The filing itself is a procedure of its own (P27), begun here once for each member of staff; the survey does not wait for it.</remarks>
[Activity("Relief Survey", "Has the case of a relative of relief staff filed separately.", Chinese = "亲属备案")]
[Outcomes(Filed, NotNeeded)]
[ChangesRecords]
public sealed class KinFiling(ReliefDatabase database) : Activity
{
    private const string Filed = nameof(Filed);
    private const string NotNeeded = nameof(NotNeeded);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var deed = Deed.Of(context);
        var filings = await new KinMatch(records).Of(scene.Case, KinOrigin.Survey, null, deed, cancellationToken);
        if (filings.Count == 0)
            return await Complete(NotNeeded);
        // Also a case that was filed before: it may be surveyed anew, and the county has not been there yet.
        await new KinBook(records).Flag(filings[0], deed.Step("again"), cancellationToken);
        return await Complete(Filed, [.. filings.Where(filing => filing.Status == KinFilingStatus.Open).Select(filing => Message.Of(KinBook.StartOf(filing)))]);
    }
}
