using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>What a step of a county's year of money works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Year">The year as it stands.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record FundYearScene(ReliefDbContext Db, FundYear Year, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Year.CountyCode;

    public string Title => Year.Id;

    public string Subject => "fund-year:" + Year.Id;

    /// <summary>The last day of the year.</summary>
    public DateOnly LastDay => new(Year.Year, 12, 31);

    /// <summary>Reads it.</summary>
    public static async Task<FundYearScene> Of(ReliefDbContext db, string fundYearId, ActivityContext context, CancellationToken cancellationToken) =>
        new(db, await db.Set<FundYear>().SingleAsync(row => row.Id == fundYearId, cancellationToken), context);

    /// <summary>The last moment of the day that a parameter names: of the year itself, or of the one after it for what follows the close.</summary>
    public async Task<DateTimeOffset> Moment(string key, CancellationToken cancellationToken)
    {
        var row = await new ParameterQueries(Db).Find(key, CountyCode, LastDay, cancellationToken) ?? throw new InvalidOperationException($"There is no policy parameter {key}.");
        var year = key == FundYearDays.AccrualEnd ? Year.Year + 1 : Year.Year;
        return ChinaTime.EndOf(DateOnly.ParseExact($"{year}-{row.Value}", "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>A notice to the county.</summary>
    public Message Tell(string template, object data) => ActivityDeeds.Tell(template, "K", CountyCode, data);
}
