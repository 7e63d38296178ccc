using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>The institution says whether the person has moved in (PW2 step 6). Without a consent or a legal ground on file nobody is admitted (INV-18).</summary>
/// <remarks>The person may change their mind at any time, here as well. The order is active from the day of admission on.</remarks>
[ChangesRecords]
[Activity("Relief Care", "Has the institution say whether the person has moved in.", Chinese = "入住", Waits = true)]
[Outcomes("Admitted", "Postponed", "RefusedByInstitution", "PersonChangedMind")]
public sealed class Admission : OrderStep
{
    [Input("True for a medical institution.", Chinese = "专门医疗机构")]
    public bool Medical { get; init; }

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.admit", "办理入住", Medical ? ReliefRoles.MedicalInstitution : ReliefRoles.Institution, scene.Order.SupplierUnit ?? scene.Order.TownshipCode)
        {
            Outcomes = ["Admitted", "Postponed", "RefusedByInstitution", "PersonChangedMind"],
            Form = [FormField.Of("day", "入住日期", "string", "Admitted"), FormField.Of("reason", "原因", "string", "Postponed", "RefusedByInstitution", "PersonChangedMind")],
            WhenStopped = "PersonChangedMind",
            DueKey = "placement.bed",
            Audience = "S"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "RefusedByInstitution" && scene.Order.Order.Status == OrderStatus.Accepted)
            await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Declined, scene.Context.DeedOf("declined", answer.By), cancellationToken);
        if (answer.Decision != "Admitted")
            return StepEnd.By(answer.Decision);
        if (!DateOnly.TryParseExact(answer.Text("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day > ChinaTime.DayOf(scene.Context.Now))
            return StepEnd.Not("AdmissionDayWrong");
        var book = new PlacementBook(scene.Db);
        if (await book.Find(OrderId, cancellationToken) is not { MayBeAdmitted: true } placement || placement.IsMedical != Medical)
            return StepEnd.Not("NoConsentOrGround");

        await book.Change(OrderId, known => known with { AdmittedOn = day, InstitutionId = scene.Order.Order.SupplierId }, cancellationToken);
        await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Active, scene.Context.DeedOf("active", answer.By), cancellationToken);
        await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.InService, null, scene.Context.DeedOf("case", answer.By), cancellationToken);
        return StepEnd.By("Admitted", ActivityDeeds.Tell("placement.admitted", "C", scene.Order.TownshipCode, scene.Order.Reference)) with { Kept = new { day } };
    }
}
