using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Catalogue;

/// <summary>An item or a price is proposed below and approved by the county, by two people (S09). What overlaps is refused (INV-27).</summary>
[ChangesRecords]
[Activity("Relief Catalogue", "Has the county approve an item or a price.", Chinese = "目录价格提案", Waits = true)]
[Outcomes("Approved", "Refused")]
public sealed class CatalogueProposal : Activity
{
    [Input("item or price.", Chinese = "类别")]
    public required string Kind { get; init; }

    [Input("The item or the price.", Chinese = "内容")]
    public required CatalogueForm Entry { get; init; }

    [Input("Who proposes it.", Chinese = "提出人")]
    public required string By { get; init; }

    [Output("Why it is refused.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new CatalogueBook(db);
        var deed = context.DeedOf("propose", By);
        if (Kind == "item")
            await book.Propose(Entry.ToItem(By), deed, cancellationToken);
        else
            await book.ProposePrice(Entry.ToPrice(IdOf(context), deed), deed, cancellationToken);
        var deadline = await new Deadlines(db).WorkingDays(10, Entry.CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"审批目录价格 {Entry.Code}",
            Kind = "catalogue.approve",
            Role = ReliefRoles.CountyOfficer,
            Unit = Entry.CountyCode,
            Excluded = [By],
            Subject = $"{Kind}:{Entry.Code}",
            Outcomes = ["Approved", "Refused"],
            Form = [new FormField("reason", "理由", "string", ["Refused"])],
            Data = Json(Entry)
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "K", Entry.CountyCode, new { item = Entry.Code })] };
        var answer = Answer.From(wakeup);
        Reason = answer.Reason ?? "";
        if (answer.Decision != "Approved")
            return new Completed("Refused");
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new CatalogueBook(db);
        var deed = context.DeedOf("approve", answer.By);
        var result = Kind == "item" ? await book.ApproveItem(Entry.Code, deed, cancellationToken) : await book.ApprovePrice(IdOf(context), deed, cancellationToken);
        Reason = (result as CatalogueResult.Refused)?.Reason ?? "";
        return new Completed(result is CatalogueResult.Done ? "Approved" : "Refused");
    }

    private static string IdOf(ActivityContext context) => context.InstanceId.ToString("N");
}
