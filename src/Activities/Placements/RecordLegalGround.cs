using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>The county records on what a medical placement rests (README 0.2b, Mental Health Law arts 28–31). Without one of the three grounds there is no way on (INV-18).</summary>
/// <remarks>
/// The person's own consent; or a diagnosis of a severe disorder with self-harm or its risk, and the guardian's consent; or a diagnosis with
/// danger to others, with the notice of re-diagnosis. The guardian's consent alone is refused, and the task comes back to the county. The
/// audit entry names the ground's references, never the illness.
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Has the county record the legal ground of a medical placement.", Chinese = "登记法定依据", Waits = true)]
[Outcomes("Recorded", "NotGiven")]
public sealed class RecordLegalGround : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.ground", "登记专门机构救治的法定依据", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Recorded", "NotGiven"],
            Form =
            [
                FormField.Of("ground", "依据", "string", "Recorded").OneOf(Enum.GetNames<LegalGround>()), FormField.Of("form", "本人同意书编号", "string"), FormField.Of("diagnosis", "诊断书编号", "string"),
                FormField.Of("guardianConsent", "监护人同意书编号", "string"), GuardianRule.Field, FormField.Of("rediagnosisNotice", "再次诊断告知编号", "string"),
                FormField.Of("costSource", "费用来源", "string", "Recorded"), FormField.Of("reason", "说明", "string", "NotGiven")
            ],
            Data = new { grounds = Enum.GetNames<LegalGround>() },
            WhenStopped = "NotGiven",
            DueKey = "placement.medical",
            Audience = "K"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NotGiven")
            return StepEnd.By("NotGiven");
        var book = new PlacementBook(scene.Db);
        if (await book.Find(OrderId, cancellationToken) is not { } known || !Enum.TryParse<LegalGround>(answer.Text("ground"), out var ground))
            return StepEnd.Not("LegalGroundMissing");
        var form = Given(answer, "form");
        var stated = known with
        {
            IsMedical = true,
            Ground = ground,
            Diagnosis = Given(answer, "diagnosis"),
            GuardianConsent = Given(answer, "guardianConsent"),
            RediagnosisNotice = Given(answer, "rediagnosisNotice"),
            CostSource = Given(answer, "costSource"),
            ConsentBy = form is null ? known.ConsentBy : "Person",
            ConsentForm = form ?? known.ConsentForm,
            ConsentAt = form is null ? known.ConsentAt : scene.Context.Now
        };
        if (!stated.MayBeAdmitted)
            return StepEnd.Not("LegalGroundMissing");
        if (stated.GuardianConsent is not null
            && GuardianRule.Problem(await scene.Db.Set<Person>().SingleAsync(row => row.Id == scene.Order.Order.PersonId, cancellationToken), Given(answer, "guardian")) is { } alleged)
            return StepEnd.Not(alleged);
        await book.Change(OrderId, _ => stated, cancellationToken);
        return StepEnd.By("Recorded") with { Kept = new { stated.Diagnosis, stated.GuardianConsent, stated.RediagnosisNotice, stated.ConsentForm } };
    }

    private static string? Given(Answer answer, string name) => answer.Text(name) is { Length: > 0 } text ? text : null;
}
