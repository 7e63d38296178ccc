using System.Globalization;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Periods of rounds, and what policy says about them (PL-011, PL-012).</summary>
public static class RoundTimes
{
    /// <summary>The period of a duty in which a month lies.</summary>
    public static string PeriodOf(VisitDuty duty, DateOnly month) => duty == VisitDuty.Street
        ? string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-H{(month.Month <= 6 ? 1 : 2)}")
        : month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The first and the last day of a period.</summary>
    /// <exception cref="FormatException">It is no period.</exception>
    public static (DateOnly From, DateOnly To) SpanOf(string period)
    {
        if (period is [.., '-', 'H', '1' or '2'])
        {
            var first = new DateOnly(int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture), period[^1] == '1' ? 1 : 7, 1);
            return (first, first.AddMonths(6).AddDays(-1));
        }

        var month = DateOnly.ParseExact(period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (month, month.AddMonths(1).AddDays(-1));
    }

    /// <summary>The period after one.</summary>
    public static string After(VisitDuty duty, string period) => PeriodOf(duty, SpanOf(period).To.AddDays(1));

    /// <summary>How often each family of a duty is visited in a period.</summary>
    public static async Task<int> Of(ReliefDbContext context, VisitDuty duty, string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(context);
        return duty switch
        {
            VisitDuty.Village => await parameters.Whole("visit.village", areaCode, on, cancellationToken),
            VisitDuty.Street => await parameters.Whole("visit.street", areaCode, on, cancellationToken),
            VisitDuty.Elderly => (await parameters.Find("visit.specialElderly", areaCode, on, cancellationToken))?.Value switch { "monthly" => 1, "weekly" => 4, _ => 0 },
            _ => 0
        };
    }
}
