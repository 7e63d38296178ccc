using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Asks the person for a consent of its own to this one charity (PIPL art. 23); whoever says no gets the charity's address and nothing else happens.</summary>
/// <remarks>For a minor the guardian answers. Five working days without an answer are a refusal, as everywhere (A15).</remarks>
[ChangesRecords]
[Activity("Relief Partners", "Asks for consent to give the person's data to one charity.", Chinese = "逐家征求同意", Waits = true)]
[Outcomes("Granted", "Refused", "Stopped")]
public sealed class CharityConsent : OrderStep
{
    private const string Granted = "Granted";
    private const string Refused = "Refused";

    [Input("The project.", Chinese = "慈善项目")]
    public required string ProjectId { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        var project = (await new CharityQueries(scene.Db).Project(ProjectId, cancellationToken))!;
        return await new CharityQueries(scene.Db).Consent(OrderId, project.CharityId, cancellationToken) is { Granted: true, WithdrawnAt: null } ? StepEnd.By(Granted) : null;
    }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var project = (await new CharityQueries(scene.Db).Project(ProjectId, cancellationToken))!;
        return new Question("charity.consent", "征求慈善转介同意", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = [Granted, Refused],
            Form = [FormField.Of("form", "同意方式", "string", Granted), FormField.Of("givenBy", "同意人", "string", Granted), GuardianRule.Field, FormField.Of("reason", "说明", "string")],
            Data = new { project.CharityId, project.Name },
            DueKey = "charity.consent",
            WhenLate = Refused,
            WhenStopped = "Stopped",
            Event = $"consent:{OrderId}:{project.CharityId}"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var project = (await new CharityQueries(scene.Db).Project(ProjectId, cancellationToken))!;
        var givenBy = answer.Text("givenBy") ?? "self";
        var facts = await new PersonQueries(scene.Db).Facts(scene.Order.Order.PersonId, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        if (answer.Decision == Granted && facts!.Minor && givenBy != "guardian")
            return StepEnd.Not("GuardianNeeded");
        if (answer.Decision == Granted && givenBy == "guardian" && GuardianRule.Problem(facts!.Person, answer.Text("guardian")) is { } alleged)
            return StepEnd.Not(alleged);
        var deed = scene.Context.DeedOf("consent", answer.By);
        var row = new DataConsent
        {
            Id = deed.NewId(),
            CountyCode = scene.Order.Order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            PersonId = scene.Order.Order.PersonId,
            OrderId = OrderId,
            RecipientId = project.CharityId,
            Granted = answer.Decision == Granted,
            Form = answer.Text("form") ?? answer.Reason ?? "",
            GivenBy = givenBy
        };
        await new CharityBook(scene.Db).Consent(row, cancellationToken);
        Message[] brochure = row.Granted ? [] : [ActivityDeeds.Tell("charity.brochure", "P", row.PersonId, new { contact = project.Contact })];
        return StepEnd.By(answer.Decision, brochure) with { Kept = new { project.CharityId, row.Form, row.GivenBy } };
    }
}
