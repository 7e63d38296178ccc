using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Who has come of age is asked whether they want the service themselves: what a guardian said does not count any more (E10, SC-43). It goes on while they are asked.</summary>
/// <remarks>Who does not want it is a change of its own, with its hearing and its second person.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Asks who has come of age whether they want the service themselves.", Chinese = "征询本人同意", Waits = true)]
[Outcomes("Granted", "Refused", "NotNeeded")]
public sealed class OwnConsent : ChangeStep
{
    private static readonly string[] Forms = ["paper", "voice", "app"];

    protected override Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(scene.Change.Kind == ChangeKind.Eighteen ? null : StepEnd.By("NotNeeded"));

    protected override Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(new Question("change.ownConsent", "征询成年本人同意", ReliefRoles.ReliefClerk, scene.Township)
    {
        Outcomes = ["Granted", "Refused"],
        Form = [FormField.Of("form", "同意方式", "string", "Granted").OneOf(Forms), FormField.Of("reason", "本人意见", "string", "Refused")],
        DueKey = "change.ownConsent", Send = [scene.ToPerson("change.ownConsent")]
    });

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Granted" && !Forms.Contains(answer.Text("form")))
            return StepEnd.Not("FormUnknown");
        if (answer.Decision == "Refused" && answer.Reason is not { Length: > 0 and <= 2000 })
            return StepEnd.Not("ReasonMissing");
        var (book, deed) = (new ChangeBook(scene.Db), scene.Context.DeedOf("consent", answer.By));
        await book.Change(ChangeId, ("OwnConsent" + answer.Decision, new { form = answer.Text("form") }), change => change, deed, cancellationToken);
        await book.End(ChangeId, ChangeStatus.Applied, scene.Context.DeedOf("end", answer.By), cancellationToken);
        return answer.Decision == "Granted"
            ? StepEnd.By("Granted")
            : StepEnd.By("Refused", Message.Of(ChangeStart.Of(scene.Person.Id, ChangeKind.Refusal, (ChangeOrigin.Schedule, "ownConsent:" + ChangeId), (answer.Reason!, answer.By, null))));
    }
}
