using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Renewals;

/// <summary>Has somebody renew what they must hold to serve, from 30 days before it runs out (P09, workflows.md 3.4): suppliers for their workers, the training body for neighbours and volunteers, the county for a licence.</summary>
/// <remarks>
/// When the last day is over, the county and whoever renews it are told, and the task stands: nobody is sent, chosen or paid without it meanwhile (INV-16, INV-17), and with a renewal they are again.
/// What is renewed otherwise, or whose holder serves no more, ends it.
/// </remarks>
[ChangesRecords]
[Activity("Relief Suppliers", "Has a certificate, check or licence renewed before it runs out.", Chinese = "资格证件续期", Waits = true)]
[Outcomes(Renewed, NotRenewed)]
public sealed class RenewQualification : AskedStep<RenewalScene>
{
    private const string Renewed = nameof(Renewed);
    private const string NotRenewed = nameof(NotRenewed);

    [Input("The county.", Chinese = "县区")]
    public required string CountyCode { get; init; }

    [Input("Training, BackgroundCheck, Licence, NeighbourCourse or VolunteerTraining.", Chinese = "证件类别")]
    public required QualificationKind Kind { get; init; }

    [Input("The certificate, or whose check or licence it is.", Chinese = "证件或持有人编号")]
    public required string QualificationId { get; init; }

    [Input("Its last day.", Chinese = "有效期至")]
    public required DateOnly ValidTo { get; init; }

    private bool IsOfHelper => Kind is QualificationKind.NeighbourCourse or QualificationKind.VolunteerTraining;

    private bool SaysUntil => Kind is QualificationKind.Licence or QualificationKind.VolunteerTraining;

    private (string Role, string Audience) Asked => Kind switch
    {
        QualificationKind.Licence => (ReliefRoles.CountyOfficer, "K"),
        _ when IsOfHelper => (ReliefRoles.TrainingBody, "D"),
        _ => (ReliefRoles.SupplierLead, "S")
    };

    protected override async Task<RenewalScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        new(db, context, CountyCode, await new QualificationQueries(db, CountyCode).Find(Kind, QualificationId, ValidTo, cancellationToken), $"qualification:{Kind}:{QualificationId}");

    protected override Task<StepEnd?> Begin(RenewalScene scene, CancellationToken cancellationToken) => Task.FromResult(scene.Held is null ? StepEnd.By(Renewed) : null);

    protected override Task<Question> Ask(RenewalScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("qualification.renew", "办理资格证件续期", Asked.Role, scene.Held?.Unit ?? CountyCode)
        {
            Outcomes = [Renewed, NotRenewed],
            Form =
            [
                FormField.Of("certificate", "证件编号", "string", Renewed), SaysUntil ? FormField.Of("validTo", "有效期至", "string", Renewed) : FormField.Of("validFrom", "取得日期", "string", Renewed),
                FormField.Of("reason", "不续期的原因", "string", NotRenewed)
            ],
            Data = new { kind = Kind.ToString(), holder = scene.Held?.Holder, validTo = ValidTo },
            DueAt = ChinaTime.EndOf(ValidTo), WhenLate = scene.Held is null ? Renewed : null,
            Send = scene.Held is null ? [] : [.. Tells(scene, "qualification.ending")]
        });

    protected override async Task<StepEnd> Decide(RenewalScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (scene.Held is not { } held)
            return StepEnd.By(Renewed);
        if (answer.Decision == NotRenewed)
            return answer.Reason is { Length: > 0 and <= 1000 } ? StepEnd.By(NotRenewed, scene.Told("qualification.notRenewed", "K")) : StepEnd.Not("ReasonMissing");
        if (answer.Text("certificate")?.Trim() is not { Length: > 0 and <= 100 } certificate)
            return StepEnd.Not("CertificateMissing");
        if (await Term(scene, answer, cancellationToken) is not { } term)
            return StepEnd.Not("RenewalDayInvalid");
        await new QualificationBook(scene.Db).Renew(held, (certificate, term.From, term.To), scene.Context.DeedOf("renew", answer.By), cancellationToken);
        return StepEnd.By(Renewed);
    }

    protected override IEnumerable<Message> Nudges(RenewalScene scene, Question question, bool isLate) =>
        scene.Held is null ? [] : isLate ? Tells(scene, "qualification.ended").Concat(Asked.Audience == "K" ? [] : [scene.Told("qualification.ended", "K")]) : [scene.Told("qualification.ending", Asked.Audience)];

    // Who helps hears of it too: the course is theirs to go to.
    private IEnumerable<Message> Tells(RenewalScene scene, string template) =>
        IsOfHelper ? [scene.Told(template, Asked.Audience), scene.Told(template, "N")] : [scene.Told(template, Asked.Audience)];

    // What was got before today and holds longer than what runs out; a licence and a volunteer's certificate say themselves until when.
    private async Task<(DateOnly From, DateOnly To)?> Term(RenewalScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(scene.Context.Now);
        if (!DateOnly.TryParseExact(answer.Text(SaysUntil ? "validTo" : "validFrom"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year > 9000)
            return null;
        var to = Kind switch
        {
            _ when SaysUntil => day,
            QualificationKind.BackgroundCheck => day.AddYears(1),
            _ => day.AddMonths(await new ParameterQueries(scene.Db).Whole(Kind == QualificationKind.Training ? "training.validity" : "training.validity.neighbour", CountyCode, today, cancellationToken)).AddDays(-1)
        };
        var from = SaysUntil ? today : day;
        return from <= today && to > ValidTo ? (from, to) : null;
    }
}
