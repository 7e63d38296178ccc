using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>
/// Looks every morning at each account of a county's year: the county is told when 70, 85 and 95 % of its money are in use, with where it will stand at the year's end; and its ledger is held
/// against reservations, batches and payments. A difference stops the account's payments until a later look finds it balanced (P24 steps 4 and 5).
/// </summary>
/// <remarks>Nothing is locked but an account that does not agree, to look again. The event <c>funds:{year}:check</c> has it look at once.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Checks a county's accounts every morning.", Chinese = "资金每日对账", Waits = true)]
[Outcomes("YearOver")]
public sealed class WatchFunds : Activity
{
    private static readonly TimeOnly Morning = new(0, 40);
    private static readonly string[] Warnings = ["fund.warn.first", "fund.warn.second", "fund.warn.third"];

    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    /// <summary>The event on which a county's year is checked at once.</summary>
    public static string CheckOf(string fundYearId) => $"funds:{fundYearId}:check";

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => LookAt(context, [Bookmark.Event("check", CheckOf(FundYearId))], isAsked: false, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => wakeup.IsTimer
        ? LookAt(context, [], isAsked: false, cancellationToken)
        : LookAt(context, [Bookmark.Event($"check-{context.KeyFor(wakeup.Bookmark):N}", CheckOf(FundYearId))], isAsked: true, cancellationToken);

    private async Task<ActivityResult> LookAt(ActivityContext context, Bookmark[] besides, bool isAsked, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await FundYearScene.Of(db, FundYearId, context, cancellationToken);
        List<int> warnings = [];
        foreach (var key in Warnings)
            warnings.Add(await new ParameterQueries(db).Whole(key, scene.CountyCode, scene.LastDay, cancellationToken));
        List<Message> send = [];
        foreach (var forecast in await new FundYearQueries(db).Forecast(scene.CountyCode, scene.Year.Year, cancellationToken))
            send.AddRange(await Check(scene, forecast, warnings, cancellationToken));
        if (isAsked)
            return new Waiting([.. besides]) { Send = [.. send] };
        if (await scene.Moment(FundYearDays.AccrualEnd, cancellationToken) < context.Now)
            return new Completed("YearOver") { Send = [.. send] };
        var tomorrow = ChinaTime.DayOf(context.Now).AddDays(1);
        return new Waiting([.. besides, Bookmark.Timer($"look-{tomorrow:yyyy-MM-dd}", ChinaTime.At(tomorrow, Morning))]) { Send = [.. send] };
    }

    private static async Task<IReadOnlyList<Message>> Check(FundYearScene scene, FundForecast forecast, List<int> warnings, CancellationToken cancellationToken)
    {
        var (db, accountId, before) = (scene.Db, forecast.Balance.AccountId, forecast.Check);
        var level = warnings.Where(percent => percent <= forecast.Used).DefaultIfEmpty().Max();   // the highest that is reached
        var now = await new AccountComparison(db).Of(accountId, before, scene.Context.Now, cancellationToken) with { Told = level };
        await (before is null ? db.Insert(now, cancellationToken) : db.Replace(now, cancellationToken));
        List<Message> send = [];
        if (level > (before?.Told ?? 0))
            send.Add(scene.Tell("fund.used", new { account = accountId, percent = forecast.Used, available = forecast.Balance.Available, appropriated = forecast.Balance.Appropriated, forecast = forecast.AtYearEnd }));
        if (now.Difference == before?.Difference)
            return send;
        await db.Audit("fund:" + accountId, new AuditDetail(now.Difference is null ? "AccountBalanced" : "AccountStopped", new { now.Difference }), scene.Context.DeedOf("check-" + accountId), cancellationToken);
        send.Add(now.Difference is null
            ? Message.Of(new EventPublished(AccountCheck.BalancedIn(scene.CountyCode), null, Json(new { accountId })))
            : scene.Tell("fund.difference", new { account = accountId, difference = now.Difference }));
        return send;
    }
}
