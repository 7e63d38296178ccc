using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;

namespace Relief.Flow.Activities.Visits;

/// <summary>Turns a plan's monthly lines into dated visits. The same plan and month always give the same visits.</summary>
public static class VisitCalendar
{
    private static readonly TimeOnly[] Begins = [new(9, 0), new(14, 0), new(16, 30), new(11, 30), new(18, 0)];

    /// <summary>The visits of a period, by time: each line's visits on its days of the month, else spread evenly over it.</summary>
    /// <param name="lines">The plan, with the item of each line.</param>
    /// <param name="rules">The supplier's wishes; the first one for an item holds.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static IReadOnlyList<PlannedVisit> Between(
        IReadOnlyList<(PlanLine Line, CatalogueItem Item)> lines, IReadOnlyList<VisitRule> rules, DateOnly from, DateOnly to)
    {
        List<PlannedVisit> visits = [];
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            for (var index = 0; index < lines.Count; index++)
            {
                var (line, item) = lines[index];
                var rule = rules.FirstOrDefault(one => one.ItemCode == line.ItemCode);
                var start = rule?.Time ?? Begins[index % Begins.Length];
                var minutes = rule?.Minutes ?? MinutesOf(line, item);
                visits.AddRange(DaysOf(line, rule, month).Where(day => day >= from && day <= to)
                    .Select(day => ChinaTime.At(day, start)).Select(at => new PlannedVisit(line.ItemCode, at, at.AddMinutes(minutes))));
            }
        }

        return [.. visits.OrderBy(visit => visit.Start).ThenBy(visit => visit.ItemCode, StringComparer.Ordinal)];
    }

    private static IEnumerable<DateOnly> DaysOf(PlanLine line, VisitRule? rule, DateOnly month)
    {
        var days = DateTime.DaysInMonth(month.Year, month.Month);
        return rule?.Days is { Count: > 0 } given
            ? given.Where(day => day >= 1 && day <= days).Distinct().Select(day => new DateOnly(month.Year, month.Month, day))
            : Enumerable.Range(0, line.VisitsPerMonth).Select(number => month.AddDays(number * days / line.VisitsPerMonth)).Distinct();
    }

    private static int MinutesOf(PlanLine line, CatalogueItem item) =>
        item.Unit == ItemUnit.Hour ? (int)(line.QuantityPerMonth / line.VisitsPerMonth * 60) : Math.Max(item.MinMinutes, 30);
}
