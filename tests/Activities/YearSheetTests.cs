using Relief.Flow.Activities.Neighbours;

namespace Relief.Flow.Tests.Activities;

/// <summary>A neighbour's year by months and quarters: whatever the visits, the months, the quarters and the amount by the rule are one sum, and no month is paid beyond the cap of the year (INV-17, INV-29).</summary>
public sealed class YearSheetTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(9, 80)]
    public void The_months_sum_up_to_the_amount_and_stop_at_the_cap(int aMonth, decimal overCap)
    {
        var days = Enumerable.Range(1, 12).SelectMany(month => Enumerable.Range(1, aMonth).Select(day => new HelpedDay($"{month}-{day}", new DateOnly(2026, month, day), "张某某", "陪伴", "Beneficiary"))).ToList();
        var amount = Math.Min(days.Count * 10m, 1000m);
        var sheet = new YearSheet
        {
            HelperName = "何某某", VillageName = "一村", Days = days,
            Subsidy = new Subsidy { Id = "he-2026", SheetId = "999901-2026", HelperId = "he", Year = 2026, Visits = days.Count, Unit = 10, Cap = 1000, Amount = amount, Granted = amount, Status = SubsidyStatus.Computed },
            Sheet = new SubsidySheet { Id = "999901-2026", CountyCode = "999900", CreatedAt = default, CreatedBy = "system", TownshipCode = "999901", Year = 2026, Status = SheetStatus.Frozen }
        };

        Assert.Equal((amount, amount, overCap), (sheet.Months.Sum(month => month.Amount), sheet.Quarters.Sum(quarter => quarter.Amount), sheet.OverCap));
        Assert.Equal((days.Count, days.Count), (sheet.Months.Sum(month => month.Visits), sheet.Quarters.Sum(quarter => quarter.Visits)));
        Assert.All(sheet.Months, month => Assert.InRange(month.Amount, 0, month.Visits * 10m));
    }
}
