using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Ends a linkage; none ends without saying how (P28).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Ends a linkage.", Chinese = "办结救助转介")]
public sealed class CloseLinkage : Activity
{
    [Input("The linkage.", Chinese = "救助转介")]
    public required string LinkageId { get; init; }

    [Input("Granted, Refused, Declined, NoConsent, Conference or Charity.", Chinese = "结果")]
    public required LinkageOutcome Outcome { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new LinkageBook(db).End(LinkageId, Outcome, context.DeedOf("end"), cancellationToken);
        return new Completed(Done);
    }
}
