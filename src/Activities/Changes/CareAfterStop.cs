using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Whose services have ended is asked what other help there is: basic or temporary relief after special hardship, or another department (P12 step 5, tekun rule art. 27).</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "Looks for other help when services have ended.", Chinese = "停止后关怀", Waits = true)]
[Outcomes("Done")]
public sealed class CareAfterStop : ChangeStep
{
    private static readonly string[] Needs = ["Temporary", "Medical", "Education", "Housing", "Employment", "Judicial", "Disaster"];

    protected override Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(scene.Change.StopReason == StopReason.Moved ? StepEnd.By("Done") : null);

    protected override Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(new Question("change.afterCare", "停止服务后的其他帮助", ReliefRoles.ReliefClerk, scene.Township)
    {
        Outcomes = ["NothingNeeded", "Linked"],
        Form = [FormField.Of("note", "情况", "string", "NothingNeeded", "Linked"), FormField.Of("need", "转介救助类别", "string", "Linked")],
        Data = new { Needs, stopReason = scene.Change.StopReason.ToString() }, DueKey = "change.afterCare"
    });

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (note, need) = (answer.Text("note"), answer.Text("need"));
        if (note is not { Length: > 0 and <= 2000 })
            return StepEnd.Not("NoteMissing");
        if (answer.Decision == "Linked" && !Needs.Contains(need))
            return StepEnd.Not("NeedUnknown");
        await scene.Db.Audit(ChangeBook.Chain(ChangeId), new AuditDetail("CareAfterStop", new { answer.Decision, need, note }), scene.Context.DeedOf("care", answer.By), cancellationToken);
        return answer.Decision == "Linked" ? StepEnd.By("Done", Message.Of(new LinkageStart(scene.Person.Id, need!, "Change", ChangeId, answer.By).Child())) : StepEnd.By("Done");
    }
}
