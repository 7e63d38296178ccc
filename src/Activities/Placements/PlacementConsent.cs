using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Asks whether the person wants to live in an institution (PW2 step 2). Silence is never a yes.</summary>
/// <remarks>
/// A consent within the cooling time (<c>placement.cooling</c>) does not count. For a minor, and for who cannot decide, the guardian consents
/// with a proof of that authority (未成年人保护法 arts 92–94). A refusal is kept with its form, and home support is offered.
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Asks the person, or the guardian, for consent to an institution.", Chinese = "机构供养意愿", Waits = true)]
[Outcomes("Consents", "Declines", "CannotDecide")]
public sealed class PlacementConsent : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.consent", "确认机构供养意愿", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["Consents", "GuardianConsents", "Declines", "CannotDecide"],
            Form =
            [
                FormField.Of("form", "书面意见编号", "string", "Consents", "GuardianConsents", "Declines"),
                FormField.Of("guardianProof", "监护证明编号", "string", "GuardianConsents"), GuardianRule.Field, FormField.Of("opinion", "未成年人本人意见", "string"), FormField.Of("reason", "说明", "string", "CannotDecide")
            ],
            WhenStopped = "Declines",
            DueKey = "reassess.selfCare"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var book = new PlacementBook(scene.Db);
        var placement = await book.Find(OrderId, cancellationToken);
        var form = answer.Text("form");
        if (answer.Decision == "CannotDecide")
            return StepEnd.By("CannotDecide");
        if (form is not { Length: > 0 })
            return StepEnd.Not("FormMissing");
        if (answer.Decision == "Declines")
        {
            await book.Change(OrderId, known => known with { RefusalForm = form }, cancellationToken);
            return StepEnd.By("Declines");
        }

        if (await Refused(scene, placement, answer, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        await book.Change(OrderId, known => known with
        {
            ConsentBy = answer.Decision == "Consents" ? "Person" : "Guardian", ConsentForm = form, ConsentAt = scene.Context.Now
        }, cancellationToken);
        return StepEnd.By("Consents") with { Kept = new { form, opinion = answer.Text("opinion") } };
    }

    private static async Task<string?> Refused(StepScene scene, Placement? placement, Answer answer, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(scene.Context.Now);
        var cooling = await new ParameterQueries(scene.Db).Whole("placement.cooling", scene.Order.TownshipCode, today, cancellationToken);
        if (placement?.ExplainedAt is not { } explained || today < ChinaTime.DayOf(explained).AddDays(cooling))
            return "CoolingPeriod";
        var facts = await new PersonQueries(scene.Db).Facts(scene.Order.Order.PersonId, today, cancellationToken);
        if (answer.Decision == "Consents")
            return facts!.Minor ? "GuardianNeeded" : null;
        if (answer.Text("guardianProof") is not { Length: > 0 })
            return "GuardianProofMissing";
        if (GuardianRule.Problem(facts!.Person, answer.Text("guardian")) is { } alleged)
            return alleged;
        return facts.Minor && answer.Text("opinion") is not { Length: > 0 } ? "ChildNotHeard" : null;   // 未成年人保护法 art. 4
    }
}
