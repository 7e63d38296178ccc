using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>What follows when a department does not help: another choice, the county's word after two that say it is not theirs, or a conference after two refusals or silences (P28 step 6).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Weighs what follows when a department does not help.", Chinese = "研判下一步")]
[Outcomes("TryAgain", "Coordinate", "Conference")]
public sealed class WeighAnswer : Activity
{
    private const int Twice = 2;

    [Input("The linkage.", Chinese = "救助转介")]
    public required string LinkageId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var referrals = await new LinkageBook(db).Referrals(LinkageId, cancellationToken);
        if (referrals.Count(referral => referral.IsRefused) >= Twice)
            return new Completed("Conference");
        var disowned = referrals.Where(referral => referral.Answer == "NotOurs").Select(referral => referral.UnitCode).Distinct().Count();
        return new Completed(referrals[^1].Answer == "NotOurs" && disowned >= Twice ? "Coordinate" : "TryAgain");
    }
}
