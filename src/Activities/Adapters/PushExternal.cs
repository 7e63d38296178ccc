using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Adapters;

/// <summary>Sends an exchange to its outside system and waits until it is taken (A60, E16).</summary>
/// <remarks>
/// A call that fails is repeated after 1, 5, 30 and 120 minutes under the same key. Without an address people have it at once; when the other side says no, when all repeats have failed,
/// and at the latest after the time of <c>adapter.fallback</c> they have it too. What the other side wants by a moment and has not taken by then is told to the county. Whether
/// it may leave at all, agreement and consent, is looked at when it leaves.
/// </remarks>
[ChangesRecords]
[Activity("Relief Adapters", "Sends something to an outside system and waits until it is taken.", Chinese = "推送外部系统", Waits = true)]
[Outcomes(Ok, Permanent, Retryable, NotSent)]
public sealed class PushExternal(AdapterAddresses addresses) : Activity
{
    private const string Ok = nameof(Ok);
    private const string Permanent = nameof(Permanent);
    private const string Retryable = nameof(Retryable);
    private const string NotSent = nameof(NotSent);
    private const string Due = "due";

    [Input("The exchange.", Chinese = "交换编号")]
    public required string ExchangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var exchange = await new ExchangeBook(db).Get(ExchangeId, cancellationToken);
        if (await new SharingBook(db).Forbids(exchange, context.Now, cancellationToken) is { } forbidden)
            return await Ends(db, exchange, new ExchangeEnd(ExchangeStatus.Withheld) { Reason = forbidden }, context.DeedOf("withheld"), cancellationToken);
        if (!addresses.Has(exchange.Adapter))
            return await Ends(db, exchange, new ExchangeEnd(ExchangeStatus.Unreachable) { Reason = "no address" }, context.DeedOf("no-address"), cancellationToken);
        var late = await new Deadlines(db).Of("adapter.fallback", exchange.CountyCode, context.Now, cancellationToken);
        List<Bookmark> waits = [Bookmark.Reply("reply", ExchangeCall.Of(exchange)), Bookmark.Timer("late", late.Due, late.Rule)];
        if (exchange.DueAt is { } due && due > context.Now && due < late.Due)
            waits.Add(Bookmark.Timer(Due, due));
        return await WaitAt(waits, exchange.DueAt <= context.Now ? [Late(exchange)] : []);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var exchange = await new ExchangeBook(db).Get(ExchangeId, cancellationToken);
        if (wakeup.Bookmark == Due)
            return await KeepWaiting(null, Late(exchange));
        var end = wakeup.IsTimer ? new ExchangeEnd(ExchangeStatus.Unreachable) { Reason = "not in time" } : ExchangeCall.EndOf(wakeup.As<HttpReply>()!);
        // What must not leave any more is no work for people either.
        if (end.Status is ExchangeStatus.Refused or ExchangeStatus.Unreachable && await new SharingBook(db).Forbids(exchange, context.Now, cancellationToken) is { } forbidden)
            end = new ExchangeEnd(ExchangeStatus.Withheld) { Reason = forbidden };
        return await Ends(db, exchange, end, context.DeedOf(wakeup.Bookmark), cancellationToken);
    }

    /// <summary>Tells the county that the other side has not got in time what it wants.</summary>
    internal static Message Late(Exchange exchange) => Tell.Unit("exchange.late", "K", exchange.CountyCode, new { system = Adapter.Of(exchange.Adapter).Chinese, exchange = exchange.Id[^8..] });

    private static async Task<ActivityResult> Ends(ReliefDbContext db, Exchange exchange, ExchangeEnd end, Deed deed, CancellationToken cancellationToken)
    {
        var isLost = end.Status is ExchangeStatus.Refused or ExchangeStatus.Unreachable;
        var settled = isLost && exchange.IsMirror ? end with { Status = ExchangeStatus.Dropped } : end;
        await new ExchangeBook(db).Settle(exchange.Id, settled, deed, cancellationToken);
        return new Completed(settled.Status switch
        {
            ExchangeStatus.Delivered => Ok,
            ExchangeStatus.Refused => Permanent,
            ExchangeStatus.Unreachable => Retryable,
            _ => NotSent
        });
    }
}
