using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Renewals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Looks every morning of a month at what the calendar brings in a county, and at what of its suppliers and helpers runs out (P09); on its first day it has last month's new entrants followed up (P12 a, d, e).</summary>
/// <remarks>
/// Each occurrence begins one change, by an id made of it; so many at a time, each part with a commit of its own, so that nothing else has to wait. With the month's end the
/// next month's instance begins, started once by its id, whoever starts it.
/// </remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Looks every morning at what the calendar brings in a county.", Chinese = "每日排查", Waits = true)]
[Outcomes("MonthOver")]
public sealed class WatchCounty : Activity
{
    private const int AtOnce = 200;
    private const string More = "more-";
    private const string LookOn = "look-";

    private static readonly TimeOnly Morning = new(0, 20);

    [Input("The county.", Chinese = "县区")]
    public required string CountyCode { get; init; }

    [Input("The month, as 2026-05.", Chinese = "月份")]
    public required string Month { get; init; }

    private DateOnly First => DayOf(Month + "-01");

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        var first = ChinaTime.At(First, Morning);
        if (first > context.Now)
            return new Waiting([Bookmark.Timer(LookOn + Text(First), first)]);
        await using var db = ReliefDbContext.Over(context.Records);
        return await Look(db, context, ("", First), cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Look(db, context, wakeup.Bookmark.StartsWith(More, StringComparison.Ordinal) ? (wakeup.Bookmark[More.Length..], First) : ("", DayOf(wakeup.Bookmark[LookOn.Length..])), cancellationToken);
    }

    /// <summary>The start of a county's month.</summary>
    public static (Guid Id, string Key, object Input) OfMonth(string countyCode, DateOnly month)
    {
        var key = $"dynamic:{countyCode}:{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
        return (InstanceIds.Of(key), key, new { countyCode, month = month.ToString("yyyy-MM", CultureInfo.InvariantCulture) });
    }

    private static Message Entrants(string countyCode, DateOnly month)
    {
        var text = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var key = $"entrants:{countyCode}-{text}";
        return Message.Of(new ChildStart(InstanceIds.Of(key), "procedure.entrants", Json(new { countyCode, month = text }), key, key));
    }

    // The list is drawn by the look that was planned for its day, or whose delay its day fell into.
    private async Task<ActivityResult> Look(ReliefDbContext db, ActivityContext context, (string After, DateOnly Planned) at, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(context.Now);
        var found = await new Occurrences(db, CountyCode).On(day, at.After, AtOnce, cancellationToken);
        var list = First.AddDays(await new ParameterQueries(db).Whole("newEntrant.list", CountyCode, First, cancellationToken) - 1);
        Message[] send =
        [
            .. found.Select(one => Message.Of(ChangeStart.Of(one.PersonId, one.Kind, (ChangeOrigin.Schedule, one.Id), (one.Seen, ActivityDeeds.System, one.On)))),
            .. at.After.Length == 0 && at.Planned <= list && list <= day ? new[] { Entrants(CountyCode, First.AddMonths(-1)) } : [],
            .. at.After.Length == 0 ? await Renewals(db, at.Planned, day, cancellationToken) : []
        ];
        if (found.Count == AtOnce)
            return new Waiting([Bookmark.Timer(More + found[^1].Key, context.Now)]) { Send = [.. send] };
        var next = day.AddDays(1);
        if (next.Month == First.Month && next.Year == First.Year)
            return new Waiting([Bookmark.Timer(LookOn + Text(next), ChinaTime.At(next, Morning))]) { Send = [.. send] };
        var (id, key, input) = OfMonth(CountyCode, First.AddMonths(1));
        return new Completed("MonthOver") { Send = [.. send, Message.Of(new ChildStart(id, "procedure.dynamic", Json(input), key, key))] };
    }

    // Each begins on the day that is so far ahead of its end; the first look of a month takes all that end within that time: what is there is not begun again.
    private async Task<IEnumerable<Message>> Renewals(ReliefDbContext db, DateOnly planned, DateOnly day, CancellationToken cancellationToken)
    {
        var ahead = await new ParameterQueries(db).Whole("certificate.warn", CountyCode, day, cancellationToken);
        var ending = await new QualificationQueries(db, CountyCode).Ending(planned == First ? day : planned.AddDays(ahead), day.AddDays(ahead), cancellationToken);
        return ending.Select(one => one.Renewal);
    }

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
