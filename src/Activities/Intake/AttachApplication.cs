using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Adds the needs of an application to the person's open case, and closes the case it had opened itself, if any (E07, INV-13).</summary>
[Activity("Relief Intake", "Adds the needs of an application to the person's open case.", Chinese = "并入已有个案")]
[ChangesRecords]
public sealed class AttachApplication(ReliefDatabase database) : Activity
{
    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Input("The open case that it joins.", Chinese = "已有个案")]
    public required string OtherCaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context);
        var application = await records.Set<Application>().SingleAsync(row => row.Id == ApplicationId, cancellationToken);
        var scene = await new CaseDesk(records).Open(OtherCaseId, cancellationToken);
        var cases = new CaseBook(records);
        if (application.CaseId is { } own && own != OtherCaseId)
        {
            await cases.Flag(own, "Duplicate", true, deed, cancellationToken);
            await cases.Move(own, CaseStatus.Closed, "Duplicate", deed.Step("close"), cancellationToken);
        }

        await new ApplicationBook(records).Conclude(
            new ApplicationConclusion(ApplicationId, ApplicationStatus.Attached, OtherCaseId), deed.Step("attach"), cancellationToken);
        await cases.RegisterNeeds(OtherCaseId, await Needs(records, application, cancellationToken), deed.Step("needs"), cancellationToken);
        return await Complete(Done,
            Tell.Person("intake.attached", "A", application.PersonId, new { application.Number, caseNumber = scene.Case.Number }),
            Tell.Unit("intake.newNeed", "C", scene.Township, new { application.Number, caseNumber = scene.Case.Number }),
            Message.Of(new EventPublished($"case:{OtherCaseId}:newNeed", null, Json(new { applicationId = ApplicationId }))));
    }

    private static async Task<IReadOnlyList<NeedEntry>> Needs(ReliefDbContext records, Application application, CancellationToken cancellationToken)
    {
        var items = await records.Set<CatalogueItem>().Where(item => application.ItemCodes.Contains(item.Code)).ToListAsync(cancellationToken);
        return [.. items.Select(item => new NeedEntry(item.Code, item.Family, "temporary", application.Urgency, application.Wording))];
    }
}
