using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>County and agency come to a consensus on the plan before anything is delivered (CZ-083): it is agreed, revised at most twice, or goes to a conference.</summary>
[ChangesRecords]
[Activity("Relief Partners", "The county agrees to the agency's plan, or sends it back at most twice.", Chinese = "方案协商一致", Waits = true)]
[Outcomes("Agreed", "Revise", "NoConsensus", "Stopped")]
public sealed class PlanConsensus : OrderStep
{
    private const string Agreed = "Agreed";
    private const string Revise = "Revise";
    private const string NoConsensus = "NoConsensus";

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var plan = await new PartnerPlans(scene.Db).Latest(OrderId, cancellationToken);
        return new Question("linkage.consensus", "协商专业服务方案", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = [Agreed, Revise, NoConsensus],
            Form = [FormField.Of("reason", "修改意见", "string", Revise, NoConsensus)],
            Data = new { plan?.Version, plan?.Goals },
            DueKey = "plan.agree",
            Audience = "K",
            WhenStopped = "Stopped"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new PlanBook(scene.Db), scene.Context.DeedOf("consensus", answer.By));
        if (answer.Decision == Agreed)
        {
            await book.Agree(OrderId, answer.By, deed, cancellationToken);
            return StepEnd.By(Agreed);
        }

        await book.Return(OrderId, answer.Reason ?? "", deed, cancellationToken);
        var most = await new ParameterQueries(scene.Db).Whole("plan.returns", scene.Order.TownshipCode, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        var over = await new PartnerPlans(scene.Db).Returns(OrderId, cancellationToken) > most;
        return StepEnd.By(answer.Decision == NoConsensus || over ? NoConsensus : Revise);
    }
}
