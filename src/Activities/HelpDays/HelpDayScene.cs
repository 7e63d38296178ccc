using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>What a step of a help day works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Day">The help day as it stands.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record HelpDayScene(ReliefDbContext Db, HelpDay Day, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Day.CountyCode;

    public string Title => Day.HeldOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public string Subject => HelpDay.Chain(Day.Id);

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template, object? data = null) => Tell.Unit(template, "K", Day.CountyCode, data ?? new { day = Title, place = Day.Place });

    /// <summary>The scene of a help day.</summary>
    public static async Task<HelpDayScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken) =>
        new(db, await new HelpDayQueries(db).Get(id, cancellationToken), context);
}
