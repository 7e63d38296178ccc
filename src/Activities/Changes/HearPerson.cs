using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>The person is told what is proposed and has three working days to reply; the clerk takes it down in their words (P12 step 3).</summary>
/// <remarks>Who says nothing in time was heard all the same: that is kept, and a second person decides.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Hears the person about what is proposed.", Chinese = "听取本人意见", Waits = true)]
[Outcomes("Heard")]
public sealed class HearPerson : ChangeStep
{
    private const string Silent = nameof(Silent);

    protected override Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(new Question("change.hear", "听取本人或监护人意见", ReliefRoles.ReliefClerk, scene.Township)
    {
        Outcomes = ["Agrees", "Objects"],
        Form = [FormField.Of("note", "本人意见", "string", "Agrees", "Objects")],
        Data = new { decision = scene.Change.Decision.ToString(), scene.Change.Reason, scene.Change.EffectiveOn },
        DueKey = "change.hearing", WhenLate = Silent, Send = [scene.ToPerson("change.proposal", new { caseNumber = scene.Title, effectiveOn = scene.Change.EffectiveOn })]
    });

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var note = answer.Text("note");
        if (answer.Decision != Silent && note is not { Length: > 0 and <= 2000 })
            return StepEnd.Not("NoteMissing");
        var deed = scene.Context.DeedOf("hear", answer.By);
        await Write(scene, "PersonHeard", change => change with { Heard = answer.Decision, HeardNote = note, HeardAt = deed.At }, deed, cancellationToken);
        return StepEnd.By("Heard");
    }
}
