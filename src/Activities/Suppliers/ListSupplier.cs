using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Suppliers;

/// <summary>The county lists a supplier for items and areas (P23 steps 1 and 2); who proposes it does not approve it.</summary>
[ChangesRecords]
[Activity("Relief Suppliers", "Has the county list a supplier.", Chinese = "服务主体入库", Waits = true)]
[Outcomes("Listed", "Incomplete", "Rejected")]
public sealed class ListSupplier : Activity
{
    [Input("The supplier as it applies.", Chinese = "服务主体")]
    public required SupplierForm Supplier { get; init; }

    [Input("Who proposes it.", Chinese = "经办人")]
    public required string By { get; init; }

    [Output("What is missing, in one notice.", Chinese = "缺少材料")]
    public IReadOnlyList<string> Missing { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Missing = Supplier.Missing();
        if (Missing.Count > 0)
            return new Completed("Incomplete") { Send = [ActivityDeeds.Tell("supplier.incomplete", "S", Supplier.Id ?? By, new { missing = Missing })] };
        await using var db = ReliefDbContext.Over(context.Records);
        var deadline = await new Deadlines(db).WorkingDays(10, Supplier.CountyCode!, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"审批服务主体入库 {Supplier.Name}",
            Kind = "supplier.approve",
            Role = ReliefRoles.CountyOfficer,
            Unit = Supplier.CountyCode,
            Excluded = [By],
            Subject = "supplier:" + Supplier.Id,
            Outcomes = ["Listed", "Rejected"],
            Form = [new FormField("reason", "理由", "string", ["Rejected"])],
            Data = Json(Supplier)
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "K", Supplier.CountyCode!, new { supplier = Supplier.Id })] };
        var answer = Answer.From(wakeup);
        if (answer.Decision != "Listed" || answer.By == By)
            return new Completed("Rejected");
        await using var db = ReliefDbContext.Over(context.Records);
        await new SupplierBook(db).List(Supplier.ToSupplier(By, context.Now), context.DeedOf("list", answer.By), cancellationToken);
        return new Completed("Listed");
    }
}
