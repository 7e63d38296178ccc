using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>The institution confirms on which days of a month the person was there; home leave and hospital days are not paid (PW2 step 7).</summary>
/// <remarks>
/// The days become one service record in bed-days, from the first to the last day of residence in that month, the day of leaving included. It is accepted by a person before
/// it is paid (INV-05). A day that is not of the stay, or named twice, is refused.
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Has the institution confirm the days of presence.", Chinese = "在院确认", Waits = true)]
[Outcomes("Confirmed", "None")]
public sealed class PresenceList : OrderStep
{
    [Input("The month, as 2026-04.", Chinese = "月份")]
    public required string Month { get; init; }

    [Output("The record.", Chinese = "记录")]
    public string RecordId { get; private set; } = "";

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var (from, to) = await Stay(scene, cancellationToken);
        return new Question("placement.presence", $"确认在院天数 {Month}", ReliefRoles.Institution, scene.Order.SupplierUnit ?? scene.Order.TownshipCode)
        {
            Outcomes = ["Confirmed"],
            Form = [FormField.Of("absentDays", "不在院日期", "array", "Confirmed"), FormField.Of("incidents", "异常情况编号", "string")],
            Data = new { month = Month, from, to },
            WorkingDays = 2,
            Audience = "S"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (from, to) = await Stay(scene, cancellationToken);
        if (Absent(answer.Part<string[]>("absentDays") ?? [], from, to) is not { } absent)
            return StepEnd.Not("AbsentDayOutsideStay");
        var days = to.DayNumber - from.DayNumber + 1 - absent;
        if (days <= 0)
            return StepEnd.By("None");

        var item = await BedItem(scene, cancellationToken);
        var end = ChinaTime.At(to.AddDays(1), TimeOnly.MinValue);
        var entry = new RecordEntry
        {
            OrderId = OrderId,
            WorkerId = "presence-" + OrderId,   // a house, not a worker: two residents of one month do not overlap
            ItemCode = item,
            StartAt = ChinaTime.At(from, TimeOnly.MinValue),
            EndAt = end < scene.Context.Now ? end : scene.Context.Now,
            Quantity = days,
            Content = $"{Month}: {days} bed-days, {absent} absent",
            ConfirmedBy = answer.By
        };
        if (await new RecordBook(scene.Db).Submit(entry, scene.Context.DeedOf("presence", answer.By), cancellationToken) is not RecordResult.Done(var id, _))
            return StepEnd.Not("PresenceNotTaken");
        RecordId = id;
        return StepEnd.By("Confirmed") with { Kept = new { Month, days, absent } };
    }

    private async Task<(DateOnly From, DateOnly To)> Stay(StepScene scene, CancellationToken cancellationToken)
    {
        var first = DateOnly.ParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var last = first.AddMonths(1).AddDays(-1);
        var placement = (await new PlacementBook(scene.Db).Find(OrderId, cancellationToken))!;
        return (placement.AdmittedOn > first ? placement.AdmittedOn.Value : first, placement.LeftOn < last ? placement.LeftOn.Value : last);
    }

    private static int? Absent(string[] days, DateOnly from, DateOnly to)
    {
        var read = days.Select(day => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) ? known : (DateOnly?)null).ToList();
        return read.Distinct().Count() == read.Count && read.All(day => day >= from && day <= to) ? read.Count : null;
    }

    private static async Task<string> BedItem(StepScene scene, CancellationToken cancellationToken)
    {
        foreach (var need in scene.Order.Needs)
        {
            if ((await new CatalogueQueries(scene.Db).Find(need.ItemCode, cancellationToken))?.Unit == ItemUnit.BedDay)
                return need.ItemCode;
        }

        throw new InvalidOperationException($"Order {scene.Order.Order.Id} has no item in bed-days.");
    }
}
