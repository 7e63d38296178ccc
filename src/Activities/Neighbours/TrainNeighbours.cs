using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The township's course for neighbours (PW6 step 2): whoever passes has a certificate for 24 months; without a course in 30 days they wait.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Trains neighbours and keeps their certificates.", Chinese = "帮扶人培训", Waits = true)]
[Outcomes("Certified", "Failed", "NoCourse")]
public sealed class TrainNeighbours : OrderStep
{
    [Input("Who is to be trained.", Chinese = "帮扶人")]
    public required string[] Helpers { get; init; }

    [Output("Who has a certificate.", Chinese = "持证帮扶人")]
    public string[] Certified { get; private set; } = [];

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        Certified = Helpers;   // outputs are read after each call, and Helpers is bound to the same variable
        return (await Missing(scene, cancellationToken)).Count > 0 ? null : StepEnd.By("Certified");
    }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        Certified = Helpers;
        var missing = await Missing(scene, cancellationToken);
        return new Question("helper.training", "邻里帮扶人培训", ReliefRoles.TrainingBody, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Certified", "Failed"],
            Form =
            [
                FormField.Of("certificates", "合格证书", "array", "Certified").Made(FormField.Of("helperId", "帮扶人", "string").OneOf(missing), FormField.Of("certificate", "证书编号", "string"))
                    .From(missing.Select(helper => new { helperId = helper })),
                FormField.Of("reason", "说明", "string", "Failed")
            ],
            Data = new { helpers = missing },
            WhenStopped = "Failed",
            DueKey = "neighbour.course",
            WhenLate = "NoCourse",
            Audience = "D"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision != "Certified")
            return StepEnd.By(answer.Decision);
        var given = FormData.Read<CertificateForm>(answer.Data)?.Certificates ?? [];
        if (given.Count == 0 || given.Any(line => !Helpers.Contains(line.HelperId) || string.IsNullOrWhiteSpace(line.Certificate)))
            return StepEnd.Not("CertificatesIncomplete");
        var today = ChinaTime.DayOf(scene.Context.Now);
        var months = await new ParameterQueries(scene.Db).Whole("training.validity.neighbour", scene.Order.TownshipCode, today, cancellationToken);
        foreach (var line in given)
            await new NeighbourBook(scene.Db).Certify(new CourseCertificate
            {
                Id = "certificate-" + line.Certificate, HelperId = line.HelperId!, Certificate = line.Certificate!, ValidFrom = today, ValidTo = today.AddMonths(months).AddDays(-1)
            }, scene.Context.DeedOf("certify-" + line.HelperId, answer.By), cancellationToken);
        var missing = await Missing(scene, cancellationToken);
        Certified = [.. Helpers.Where(helper => !missing.Contains(helper))];
        return StepEnd.By("Certified") with { Kept = new { Certified } };
    }

    private async Task<IReadOnlyList<string>> Missing(StepScene scene, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        foreach (var helper in Helpers)
        {
            if (!await new NeighbourQueries(scene.Db).IsCertified(helper, ChinaTime.DayOf(scene.Context.Now), cancellationToken))
                missing.Add(helper);
        }

        return missing;
    }

    private sealed record CertificateForm(IReadOnlyList<CertificateLine>? Certificates);

    private sealed record CertificateLine(string? HelperId, string? Certificate);
}
