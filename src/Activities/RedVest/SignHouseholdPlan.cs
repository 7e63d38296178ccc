using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The household signs its plan, sends it back or refuses it (PW5 step 3); an assistant takes it down. With the signature service begins.</summary>
[ChangesRecords]
[Activity("Relief Partners", "The household signs its plan.", Chinese = "家庭签字确认", Waits = true)]
[Outcomes("Agreed", "Returned", "Refused", "Stopped")]
public sealed class SignHouseholdPlan : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("redvest.sign", "家庭确认帮扶方案", ReliefRoles.Assistant, scene.Order.TownshipCode)
        {
            Outcomes = ["Agreed", "Returned", "Refused"],
            Form = [FormField.Of("signer", "签字人", "string", "Agreed"), FormField.Of("reason", "理由", "string", "Returned", "Refused")],
            DueKey = "plan.agree",
            WhenStopped = "Stopped",
            Event = $"plan:{OrderId}:answer"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (isAgreed, deed) = (answer.Decision == "Agreed", scene.Context.DeedOf("sign", answer.By));
        if (isAgreed && string.IsNullOrWhiteSpace(answer.Text("signer")))
            return StepEnd.Not("NoSignature");
        await new HouseholdPlans(scene.Db).Answer(OrderId, isAgreed, (isAgreed ? answer.Text("signer") : answer.Reason) ?? "", deed, cancellationToken);
        if (isAgreed)
        {
            await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Active, deed, cancellationToken);
            await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.InService, null, deed, cancellationToken);
        }

        return StepEnd.By(answer.Decision);
    }
}
