using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Waits for the supplier's claim (P10 step 2): by the task or the event <c>claim:{batchId}</c> with <c>{ lines: [{ itemCode, quantity }] }</c>.</summary>
/// <remarks>Reminded on day 5, the township told on day 8; there is no claim by itself. Without one at the verify deadline the records wait for the next month.</remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Waits for the supplier's claim of a batch.", Chinese = "服务主体申报", Waits = true)]
[Outcomes("Claimed", "NoClaim")]
public sealed class SupplierClaim : Activity
{
    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    [Output("The claim.", Chinese = "申报内容")]
    public ClaimForm? Claim { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        var supplier = await new SupplierQueries(db).Find(batch.SupplierId, cancellationToken);
        var dates = new BatchDates(db, batch);
        var claim = await dates.Of("settlement.claim", cancellationToken);
        var task = new HumanTask
        {
            Title = $"申报结算 {BatchId}",
            Kind = "settlement.claim",
            Role = ReliefRoles.SupplierLead,
            Unit = supplier?.OrganisationId ?? batch.SupplierId,
            Subject = "batch:" + BatchId,
            Outcomes = ["Claimed"],
            Form = [FormField.Of("lines", "申报项目", "array").Made(FormField.Of("orderId", "订单", "string"), FormField.Of("itemCode", "服务项目", "string"), FormField.Of("quantity", "数量", "number"))],
            Due = claim
        };
        return new Waiting([
            Bookmark.For("task", task), Bookmark.Event("claim", "claim:" + BatchId), Bookmark.Timer("remind", claim),
            Bookmark.Timer("escalate", await dates.Of("settlement.claimEscalate", cancellationToken)),
            Bookmark.Timer("none", await dates.Of("settlement.verify", cancellationToken))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        var reference = new { batch = BatchId, month = batch.Month };
        switch (wakeup.Bookmark)
        {
            case "remind":
                return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.claimDue", "S", batch.SupplierId, reference)] };
            case "escalate":
                return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.noClaim", "C", batch.TownshipCode, reference)] };
            case "none":
                await new BatchOpening(db).Abandon(BatchId, context.DeedOf("abandon"), cancellationToken);
                return new Completed("NoClaim") { Send = [ActivityDeeds.Tell("settlement.noClaim", "S", batch.SupplierId, reference)] };
        }

        var answer = Answer.From(wakeup);
        if (Lines(answer.Data) is not { } lines)
            return new Waiting([Bookmark.Event("claim", "claim:" + BatchId)]) { Send = [ActivityDeeds.Tell("settlement.claimInvalid", "S", batch.SupplierId, reference)] };
        Claim = new ClaimForm(lines, answer.By, context.Now);
        await new ClaimTaking(db).Take(BatchId, Claim, evenIfPending: false, context.DeedOf("claim", answer.By), cancellationToken);
        return new Completed("Claimed");
    }

    private static List<ClaimForm.Line>? Lines(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("lines", out var lines) || lines.ValueKind == JsonValueKind.Null)
            return [];
        try
        {
            return lines.Deserialize<List<ClaimForm.Line>>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;   // a claim of another shape is asked for again
        }
    }
}
