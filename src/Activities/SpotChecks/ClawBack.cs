using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>What was paid for a service that did not happen is taken back by a negative line of the next batch, when the county approves it (P14 step 4, SC-37).</summary>
/// <remarks>Never approved by the inspector, and never by time. Where nothing was paid it ends at once.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "The county approves that a paid line is taken back.", Chinese = "追回审批", Waits = true, Approves = true)]
[Outcomes("Approved", "Refused", "NotNeeded")]
public sealed class ClawBack : OrderStep
{
    private static readonly TimeOnly TenPast = new(0, 10);

    [Input("The item.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken) =>
        await Line(scene, cancellationToken) is null ? StepEnd.By("NotNeeded") : null;

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var line = (await Line(scene, cancellationToken))!;
        return new Question("spotcheck.clawBack", "追回已付款项", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Approved", "Refused"],
            Form = [FormField.Of("reason", "不予追回的理由", "string", "Refused")],
            Data = new { line.Id, line.BatchId, line.ItemCode, line.ServiceDate, line.Amount },
            Excluded = [await Inspector(scene, cancellationToken)],
            DueKey = "spotcheck.clawBack",
            Audience = "K"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (line, corrections, deed) = ((await Line(scene, cancellationToken))!, new CorrectionBook(scene.Db), scene.Context.DeedOf("clawBack", answer.By));
        if (answer.Decision == "Refused")
        {
            await corrections.Lift(line.RecordId!, deed, cancellationToken);
            return StepEnd.By("Refused");
        }

        if (!await corrections.TakeBack(line, (await Inspector(scene, cancellationToken), FreezeMoney.Reason), deed, cancellationToken))
            return StepEnd.Not("InspectorApproves");
        var batch = await scene.Db.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken);
        return StepEnd.By("Approved", ActivityDeeds.Tell("spotcheck.clawBack", "S", batch.SupplierId, new { order = OrderId, amount = line.Amount, serviceDate = Text(line.ServiceDate) }), Next(scene, batch))
            with { Kept = new { line.Id, line.Amount } };
    }

    // The next batch is opened by the orders of the month; where the supplier has none left, this opens it. It is the same one either way.
    private static Message Next(StepScene scene, SettlementBatch batch)
    {
        var today = ChinaTime.DayOf(scene.Context.Now);
        var month = new DateOnly(today.Year, today.Month, 1);
        return StartSettlement.Of((batch.CountyCode, batch.TownshipCode, batch.SupplierId), month) with { NotBefore = ChinaTime.At(month.AddMonths(1), TenPast) };
    }

    private async Task<SettlementLine?> Line(StepScene scene, CancellationToken cancellationToken)
    {
        var item = await new SpotCheckQueries(scene.Db).Item(ItemId, cancellationToken);
        return await scene.Db.Set<SettlementLine>().FirstOrDefaultAsync(
            row => row.RecordId == item.RecordId && (row.Status == LineStatus.Approved || row.Status == LineStatus.Paid), cancellationToken);
    }

    private Task<string> Inspector(StepScene scene, CancellationToken cancellationToken) =>
        scene.Db.Set<SpotCheckFinding>().Where(row => row.ItemId == ItemId).Select(row => row.CreatedBy).SingleAsync(cancellationToken);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
