using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>An inspector looks whether what was found has been put right; if not, the supplier plans again (P14 step 4).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "An inspector checks whether a fault was put right.", Chinese = "整改复查", Waits = true)]
[Outcomes("Corrected", "NotCorrected")]
public sealed class Recheck : OrderStep
{
    [Input("The item.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var queries = new SpotCheckQueries(scene.Db);
        var item = await queries.Item(ItemId, cancellationToken);
        return new Question("spotcheck.recheck", "整改复查", ReliefRoles.SpotCheckInspector, item.CountyCode)
        {
            Outcomes = ["Corrected", "NotCorrected"],
            Form = [FormField.Of("reason", "复查情况", "string", "Corrected", "NotCorrected")],
            Excluded = await queries.Excluded(item, cancellationToken),
            DueKey = "spotcheck.recheck",
            Audience = "K"
        };
    }

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) =>
        Task.FromResult(answer.Reason is { Length: > 0 } ? StepEnd.By(answer.Decision) with { Kept = new { ItemId } } : StepEnd.Not("ReasonMissing"));
}
