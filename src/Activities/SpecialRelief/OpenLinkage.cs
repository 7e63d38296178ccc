using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Opens the linkage of a person's need beside service relief; one that is open for the same need goes on instead (P28, E07).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Opens the linkage of a need that service relief does not meet.", Chinese = "登记救助转介")]
[Outcomes("Department", "Temporary", "Known")]
public sealed class OpenLinkage : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("Temporary, Medical, Education, Housing, Employment, Judicial or Disaster.", Chinese = "需求类别")]
    public required LinkageNeed Need { get; init; }

    [Input("Where it comes from.", Chinese = "来源")]
    public required string Origin { get; init; }

    [Input("What it comes from.", Chinese = "来源编号")]
    public required string OriginId { get; init; }

    [Input("Who saw the need.", Chinese = "提出人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Input("Yuan of temporary relief that the fast track has proposed; the proposal stands then.", Chinese = "已提出金额")]
    public decimal? Amount { get; init; }

    [Input("What they are for.", Chinese = "用途")]
    public string? Purpose { get; init; }

    [Output("The linkage.", Chinese = "救助转介")]
    public string LinkageId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var person = await db.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        LinkageId = context.InstanceId.ToString("N");
        var deed = context.DeedOf("open", By);
        var linkage = new ReliefLinkage
        {
            Id = LinkageId, CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = person.AreaCode, PersonId = PersonId, Need = Need, Origin = Origin, OriginId = OriginId,
            Status = LinkageStatus.Open, Amount = Amount, Purpose = Purpose, ProposedBy = Amount is null ? null : By
        };
        if (!await new LinkageBook(db).Open(linkage, deed, cancellationToken))
            return await Known(db, context, cancellationToken);
        var scene = await LinkageScene.Of(db, LinkageId, context, cancellationToken);
        return new Completed(Need == LinkageNeed.Temporary ? "Temporary" : "Department") { Send = [Tell.Unit("special.opened", "C", scene.Township, scene.Reference)] };
    }

    // The sum that the fast track handed over stands nowhere now: whoever has the open linkage is told that it was proposed.
    private async Task<ActivityResult> Known(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        if (Amount is null || (await new LinkageBook(db).OpenOf(PersonId, cancellationToken)).FirstOrDefault(row => row.Need == Need) is not { } open)
            return new Completed("Known");
        await db.Audit(ReliefLinkage.Chain(open.Id), new AuditDetail("ReliefProposedAgain", new { Origin, OriginId, Amount, Purpose }), context.DeedOf("known", By), cancellationToken);
        var scene = await LinkageScene.Of(db, open.Id, context, cancellationToken);
        return new Completed("Known") { Send = [Tell.Unit("special.known", "C", scene.Township, scene.Reference), scene.ToCounty("special.known")] };
    }
}
