using System.Globalization;
using System.Text.Json;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Asks the verification centre about the household, where policy wants it (A09, S12, "凡进必核" preset).</summary>
/// <remarks>
/// The centre answers at once, by its signed callback (event <c>econ:{requestId}</c>), or when it is asked how the request stands:
/// <c>{ "result": "Pass" | "Hit" | "Fail" | "Unavailable", "hits": [ … ] }</c>. Without an address, when it refuses, when it cannot be reached, and at the latest after a working
/// day without a result people take over (E16); an answer that comes later changes nothing.
/// </remarks>
[ChangesRecords]
[Activity("Relief Review", "Asks the verification centre about the household, where policy wants it.", Chinese = "经济状况核对", Waits = true)]
[Outcomes(Pass, Hit, Fail, Unavailable)]
public sealed class EconomicCheck(ReliefDatabase database, AdapterAddresses addresses) : Activity
{
    private const string Pass = nameof(Pass);
    private const string Hit = nameof(Hit);
    private const string Fail = nameof(Fail);
    private const string Unavailable = nameof(Unavailable);
    private const string Polling = "poll-";
    private const string Polled = "polled-";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Output("Pass, Hit, Fail, Unavailable or NotRequired.", Chinese = "结果")]
    public string Result { get; private set; } = "NotRequired";

    [Output("The request to the centre.", Chinese = "核对请求")]
    public string ExchangeId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        if (!await new CheckQueries(records).IsRequired(scene.Case, context.Now, cancellationToken))
            return await Complete(Pass);
        var book = new ExchangeBook(records);
        var asked = await book.Open(await new CheckQueries(records).Request(scene, cancellationToken), Deed.Of(context), cancellationToken);
        ExchangeId = asked.Id;
        if (!addresses.Has(Adapter.Economic))
            return await Ends(book, asked, new ExchangeEnd(ExchangeStatus.Unreachable) { Reason = "no address" }, Deed.Of(context), cancellationToken);
        var deadline = await desk.Deadline(scene, "economicCheck.answer", context.Now, cancellationToken);
        return await WaitAt(
            [Bookmark.Event("answer", CheckAnswer.Of(asked.Id)), Bookmark.Timer("answer.due", deadline.Due, deadline.Rule), Bookmark.Reply("sent", ExchangeCall.Of(asked))],
            Tell.Unit("economic.request", "K", scene.County, new { caseNumber = scene.Case.Number, requestId = asked.Id }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var book = new ExchangeBook(records);
        var asked = await book.Get(ExchangeBook.IdOf(Deed.Of(context).Key), cancellationToken);
        ExchangeId = asked.Id;
        var deed = context.DeedOf(wakeup.Bookmark);
        if (wakeup.IsTimer)
        {
            return wakeup.Bookmark.StartsWith(Polling, StringComparison.Ordinal)
                ? await KeepWaiting([Bookmark.Reply(Polled + wakeup.Bookmark[Polling.Length..], ExchangeCall.Asks(asked))])
                : await Ends(book, asked, new ExchangeEnd(ExchangeStatus.Unreachable) { Reason = "not in time" }, deed, cancellationToken);
        }

        if (wakeup.Kind != BookmarkKind.Reply)
            return await Ends(book, asked, new ExchangeEnd(ExchangeStatus.Delivered) { Answer = wakeup.Payload }, deed, cancellationToken);
        var reply = wakeup.As<HttpReply>()!;
        var end = ExchangeCall.EndOf(reply);
        if (end.Status == ExchangeStatus.Delivered && CheckAnswer.Read(reply.Body) is not null)
            return await Ends(book, asked, end, deed, cancellationToken);
        // It has the request and needs time, or could not say how it stands: asked again until the time is over.
        return end.Status == ExchangeStatus.Delivered || wakeup.Bookmark != "sent"
            ? await KeepWaiting([await NextPoll(records, asked, wakeup.Bookmark, context, cancellationToken)])
            : await Ends(book, asked, end, deed, cancellationToken);
    }

    private static async Task<Bookmark> NextPoll(ReliefDbContext records, Exchange asked, string bookmark, ActivityContext context, CancellationToken cancellationToken)
    {
        var number = bookmark.StartsWith(Polled, StringComparison.Ordinal) ? int.Parse(bookmark[Polled.Length..], CultureInfo.InvariantCulture) + 1 : 1;
        var poll = await new Deadlines(records).Of("economicCheck.poll", asked.CountyCode, context.Now, cancellationToken);
        return Bookmark.Timer(string.Create(CultureInfo.InvariantCulture, $"{Polling}{number}"), poll.Due);
    }

    private async Task<ActivityResult> Ends(ExchangeBook book, Exchange asked, ExchangeEnd end, Deed deed, CancellationToken cancellationToken)
    {
        var answer = end is { Status: ExchangeStatus.Delivered, Answer: { } given } ? CheckAnswer.Read(given) : null;
        Result = answer?.Result ?? Unavailable;
        // That it does not know either is no result: people take over.
        var settled = Result == Unavailable && end.Status == ExchangeStatus.Delivered ? new ExchangeEnd(ExchangeStatus.Refused) { ReplyStatus = end.ReplyStatus, Reason = "unavailable" } : end;
        await book.Settle(asked.Id, settled with { Answer = answer is null ? default(JsonElement?) : FlowJson.Of(answer) }, deed, cancellationToken);
        return await Complete(Result);
    }
}
