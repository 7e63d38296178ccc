using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Asks whether the person's data may go to the department; for a minor the guardian answers (P28 step 2, PIPL art. 23 and 31).</summary>
/// <remarks>Five working days without an answer are a refusal, as everywhere (A15). The database lets nothing go to a department without it.</remarks>
[ChangesRecords]
[Activity("Relief Linkage", "Asks for consent before data goes to a department.", Chinese = "征求转介同意", Waits = true)]
[Outcomes("Granted", "Refused")]
public sealed class LinkageConsent : LinkageStep
{
    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.consent", "征求部门转介同意", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["Granted", "Refused"],
            Form =
            [
                FormField.Of("form", "同意方式", "string", "Granted"), FormField.Of("givenBy", "同意人", "string", "Granted").OneOf("self", "guardian", "witness"), GuardianRule.Field, FormField.Of("reason", "说明", "string")
            ],
            Data = new { scene.Linkage.PersonId, receiver = scene.Linkage.UnitCode }, DueKey = "special.consent", WhenLate = "Refused"
        });

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Refused")
            return await No(scene, answer.Reason ?? "NotGiven", answer.By, cancellationToken);
        if (answer.Text("form") is not { Length: > 0 and <= 100 } form || answer.Text("givenBy") is not ("self" or "guardian" or "witness"))
            return StepEnd.Not("ConsentIncomplete");
        var (givenBy, deed) = (answer.Text("givenBy")!, scene.Deed("consent", answer.By));
        var facts = await new PersonQueries(scene.Db).Facts(scene.Linkage.PersonId, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        if (facts!.Minor && givenBy != "guardian")
            return StepEnd.Not("GuardianNeeded");
        if (givenBy == "guardian" && GuardianRule.Problem(facts.Person, answer.Text("guardian")) is { } alleged)
            return StepEnd.Not(alleged);
        await new LinkageBook(scene.Db).Change(LinkageId, ("ConsentGranted", new { scene.Linkage.UnitCode, form, givenBy }), row => row with { ConsentForm = form, ConsentBy = givenBy, ConsentAt = deed.At }, deed, cancellationToken);
        return StepEnd.By("Granted");
    }

    private async Task<StepEnd> No(LinkageScene scene, string why, string by, CancellationToken cancellationToken)
    {
        await new LinkageBook(scene.Db).Change(LinkageId, ("ConsentRefused", new { scene.Linkage.UnitCode, why }), row => row with { Reason = why, ConsentForm = null, ConsentBy = null, ConsentAt = null }, scene.Deed("refuse", by), cancellationToken);
        return StepEnd.By("Refused");
    }
}
