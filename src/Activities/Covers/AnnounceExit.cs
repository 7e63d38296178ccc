using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Covers;

/// <summary>A supplier leaves on a day: from now on it is not chosen for anything later, and each order it serves needs cover (P23 step 8, E05).</summary>
[ChangesRecords]
[Activity("Relief Suppliers", "Announces that a supplier leaves, and lists the orders that need cover.", Chinese = "登记退出")]
[Outcomes("Announced", "Unknown")]
public sealed class AnnounceExit : Activity
{
    [Input("The supplier.", Chinese = "服务主体")]
    public required string SupplierId { get; init; }

    [Input("The last day of its services.", Chinese = "最后服务日")]
    public required DateOnly LastDay { get; init; }

    [Input("Who announces it.", Chinese = "登记人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Output("For each order to cover, what its cover is started with.", Chinese = "待衔接订单")]
    public JsonElement Orders { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await db.Lock<Supplier>(SupplierId, cancellationToken);
        Orders = Json(Array.Empty<object>());
        if (await db.Set<Supplier>().FirstOrDefaultAsync(row => row.Id == SupplierId, cancellationToken) is not { } supplier)
            return new Completed("Unknown");
        var deed = context.DeedOf("announce", By);
        await db.Replace(supplier with { AgreementTo = LastDay < supplier.AgreementTo ? LastDay : supplier.AgreementTo }, cancellationToken);
        await db.Audit("supplier:" + SupplierId, new AuditDetail("SupplierLeaves", new { LastDay }), deed, cancellationToken);
        var served = await new CoverBook(db).Served(SupplierId, cancellationToken);
        foreach (var order in served)
            await new CoverBook(db).Announce(order, LastDay, deed, cancellationToken);
        Orders = Json(served.Select(order => new { orderId = order.Id, caseId = order.CaseId, personId = order.PersonId }));
        return new Completed("Announced") { Send = [ActivityDeeds.Tell("supplier.leaves", "K", supplier.CountyCode, new { supplier = SupplierId, day = LastDay, orders = served.Count })] };
    }
}
