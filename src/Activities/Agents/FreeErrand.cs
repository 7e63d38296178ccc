using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>A supervisor decides on a blocked errand: again, or not at all.</summary>
[ChangesRecords]
[Activity("Relief Agents", "Has a supervisor decide on a blocked errand.", Chinese = "处理受阻事项", Waits = true)]
[Outcomes("Again", "Dropped", Expired)]
public sealed class FreeErrand : MandateStep
{
    [Input("The errand.", Chinese = "事项")]
    public required string ErrandId { get; init; }

    protected override bool KeepsTimes => false;

    protected override async Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken)
    {
        var errand = (await new MandateQueries(scene.Db).Errands(MandateId, cancellationToken)).Single(row => row.Id == ErrandId);
        return new Question("agent.blocked", "处理受阻事项", ReliefRoles.AgentSupervisor, scene.Mandate.AreaCode)
        {
            Outcomes = ["Again", "Dropped"],
            Form = [FormField.Of("reason", "说明", "string", "Dropped")],
            Data = new { kind = errand.Kind.ToString(), errand.Reason },
            Excluded = [scene.Mandate.AgentId!],
            DueKey = "agent.blocked"
        };
    }

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var blocked = (await new MandateQueries(scene.Db).Errands(MandateId, cancellationToken)).Single(errand => errand.Id == ErrandId);
        var decided = answer.Decision == "Again"
            ? blocked with { Status = ErrandStatus.Open }
            : blocked with { Status = ErrandStatus.Dropped, Reason = answer.Reason ?? blocked.Reason };
        await new MandateBook(scene.Db).Decide(decided, scene.Context.DeedOf("free", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
