using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Takes in an application that a channel has sent: looks it through, opens its case and gives the receipt (A01).</summary>
/// <remarks>A person with an open case gets no second one (INV-13): the application then has no case of its own, and the duplicate check says so.</remarks>
[Activity("Relief Intake", "Takes in an application, opens its case and sends the receipt.", Chinese = "登记申请")]
[Outcomes(Created, Invalid, DuplicateKey)]
[ChangesRecords]
public sealed class CreateApplication(ReliefDatabase database) : Activity
{
    private const string Created = nameof(Created);
    private const string Invalid = nameof(Invalid);
    private const string DuplicateKey = nameof(DuplicateKey);

    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Output("The case: the one opened, or the person's open one.", Chinese = "个案")]
    public string? CaseId { get; private set; }

    [Output("Why it is not valid.", Chinese = "原因")]
    public string? Reason { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var application = await new ApplicationBook(records).Find(ApplicationId, cancellationToken);
        Reason = await Problem(records, application, cancellationToken);
        if (application is null)
            return await Complete(Invalid);
        if (application.Status != ApplicationStatus.Submitted)
            return await Complete(DuplicateKey);
        CaseId = await OpenCase(records, application, Deed.Of(context), cancellationToken);
        return Reason is null
            ? await Complete(Created, Tell.Person("intake.receipt", "A", application.PersonId, new { application.Number }))
            : await Complete(Invalid);
    }

    private static async Task<string?> Problem(ReliefDbContext records, Application? application, CancellationToken cancellationToken)
    {
        if (application is null)
            return "UnknownApplication";
        if (string.IsNullOrWhiteSpace(application.ConsentVersion))
            return "ConsentMissing";
        var known = await records.Set<CatalogueItem>()
            .CountAsync(item => application.ItemCodes.Contains(item.Code) && item.Status == CatalogueStatus.Approved, cancellationToken);
        return known == application.ItemCodes.Distinct().Count() ? null : "UnknownItem";
    }

    private static async Task<string?> OpenCase(ReliefDbContext records, Application application, Deed deed, CancellationToken cancellationToken)
    {
        var person = await records.Set<People.Person>().SingleAsync(row => row.Id == application.PersonId, cancellationToken);
        var township = await new AreaQueries(records).TownshipOf(person.AreaCode, cancellationToken);
        var owner = await records.Set<Organisation>()
            .Where(row => row.AreaCode == township && row.Kind == OrganisationKind.Township).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return await new CaseBook(records).Open(application.Id, owner ?? township, deed, cancellationToken) switch
        {
            CaseResult.Done(var opened) => opened,
            CaseResult.SameOpenCase(var open) => open,
            var other => throw new InvalidOperationException($"A case cannot be opened: {other}.")
        };
    }
}
