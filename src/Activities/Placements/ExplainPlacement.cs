using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Has both forms of support explained, at home and in an institution; the person may choose (社会救助暂行办法 art. 19). The cooling time runs from here.</summary>
[ChangesRecords]
[Activity("Relief Care", "Has home and institution explained to the person.", Chinese = "告知两种供养方式", Waits = true)]
[Outcomes("Explained", "NotInterested")]
public sealed class ExplainPlacement : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.explain", "告知在家与机构供养", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["Explained", "NotInterested"],
            Form = [FormField.Of("refusalForm", "书面拒绝编号", "string", "NotInterested")],
            WhenStopped = "NotInterested",
            DueKey = "placement.bed"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NotInterested" && answer.Text("refusalForm") is not { Length: > 0 })
            return StepEnd.Not("RefusalFormMissing");
        await new PlacementBook(scene.Db).Change(OrderId, placement => placement with
        {
            ExplainedAt = placement.ExplainedAt ?? scene.Context.Now,
            RefusalForm = answer.Text("refusalForm") ?? placement.RefusalForm
        }, cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
