using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The village's supervisor names an agent within a working day, who has no part in the person's case (A43, P20 step 1, ZZ-012).</summary>
[ChangesRecords]
[Activity("Relief Agents", "Has the village's supervisor name an agent.", Chinese = "指派帮办代办员", Waits = true)]
[Outcomes("Assigned", Expired)]
public sealed class AssignAgent : MandateStep
{
    [Output("The agent.", Chinese = "帮办代办员")]
    public string AgentId { get; private set; } = "";

    protected override Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("agent.assign", "指派帮办代办员", ReliefRoles.AgentSupervisor, scene.Mandate.AreaCode)
        {
            Outcomes = ["Assigned"],
            Form = [FormField.Of("agentId", "帮办代办员", "string", "Assigned")],
            Data = new { scene.Mandate.PersonRef, scene.Mandate.Wording, scene.Mandate.CaseId },
            DueKey = "agent.assign"
        });

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        AgentId = answer.Text("agentId") ?? "";
        var mandate = scene.Mandate;
        if (!await new StaffQueries(scene.Db).Holds(AgentId, ReliefRoles.Agent, mandate.AreaCode, ChinaTime.DayOf(scene.Context.Now), cancellationToken))
            return StepEnd.Not("NotAnAgent");
        if (mandate.PersonId is { } person && await new MandateQueries(scene.Db).IsInConflict(person, AgentId, cancellationToken))
            return StepEnd.Not("ConflictOfInterest");
        await new MandateBook(scene.Db).Assign(mandate.Id, AgentId, scene.Context.DeedOf("assign", answer.By), cancellationToken);
        // An alleged guardian is not told who helps now (E10).
        Message[] relative = mandate.RelativeRef is { } known && await scene.Alleged(known, cancellationToken) is null ? [Tell.Person("agent.named", "A", known, scene.Reference)] : [];
        return StepEnd.By("Assigned", [scene.ToPerson("agent.named", scene.Reference), .. relative]);
    }
}
