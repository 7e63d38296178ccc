using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>Makes a help day known, opens its desks on the day and ends with its evening (P30).</summary>
[ChangesRecords]
[Activity("Relief Help day", "Makes a help day known, opens its desks and waits for the evening.", Chinese = "举办集中帮办日", Waits = true)]
public sealed class HoldHelpDay : Activity
{
    private const string Morning = "morning";

    [Input("The help day.", Chinese = "集中帮办日")]
    public required string HelpDayId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await HelpDayScene.Of(db, HelpDayId, context, cancellationToken);
        var day = scene.Day.HeldOn;
        var row = await new ParameterQueries(db).Find("helpday.evening", scene.Day.AreaCode, day, cancellationToken) ?? throw new InvalidOperationException("There is no policy parameter helpday.evening.");
        var units = (await new HelpDayQueries(db).Desks(HelpDayId, cancellationToken)).Select(desk => desk.UnitCode).Distinct().Order(StringComparer.Ordinal);
        return new Waiting([Bookmark.Timer(Morning, ChinaTime.At(day, TimeOnly.MinValue)), Bookmark.Timer("evening", ChinaTime.At(day, TimeOnly.Parse(row.Value, CultureInfo.InvariantCulture)))])
        {
            Send = [.. units.Select(unit => Tell.Unit("helpday.planned", "D", unit, new { day = scene.Title, place = scene.Day.Place }))]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new HelpDayBook(db).To(HelpDayId, HelpDayStatus.Open, context.DeedOf("open"), cancellationToken);
        return wakeup.Bookmark == Morning ? new Waiting([]) : new Completed(Done);
    }
}
