using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Calls;

/// <summary>Has the hotline call back whoever was not taken: within half an hour, and as often as policy asks when nobody answers (S36, S42).</summary>
/// <remarks>What the caller wants becomes a ticket and takes the ticket's way. Late is told to the county, and the task stays.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has the hotline call back a call that was lost.", Chinese = "回拨未接来电", Waits = true)]
[Outcomes("Reached", "NothingNeeded", "NotReached")]
public sealed class CallBack(PersonalDataKey key) : Activity
{
    private const string Kind = "hotline.callback";

    [Input("The call.", Chinese = "来电")]
    public required string CallId { get; init; }

    [Output("The ticket that came of it.", Chinese = "工单")]
    public string TicketId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return Waits("callback", await new CallBook(db).Get(CallId, cancellationToken), context.Now);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new CallBook(db);
        var call = await book.Get(CallId, cancellationToken);
        if (wakeup.IsTimer)
            return Timed(call, wakeup, context.Now);
        var answer = Answer.From(wakeup);
        var next = $"callback-{context.KeyFor(wakeup.Bookmark):N}";
        switch (answer.Decision)
        {
            case "Reached":
                return await Wants(db, call, answer, cancellationToken) is { } entry
                    ? await Reached(db, context, (entry, answer.By), cancellationToken)
                    : new Waiting([Bookmark.For(next, TaskOf(call, "CallIncomplete"))]);
            case "NoAnswer":
                var most = await new ParameterQueries(db).Whole("hotline.callback.attempts", call.CountyCode, ChinaTime.DayOf(context.Now), cancellationToken);
                if (call.Attempts + 1 < most)
                    return Waits(next, await book.Missed(CallId, context.DeedOf("missed" + call.Attempts, answer.By), cancellationToken), context.Now);
                await book.End(CallId, LostCallStatus.NotReached, null, context.DeedOf("end", answer.By), cancellationToken);
                return new Completed("NotReached") { Send = call.PersonId is { } person ? [Tell.Person("call.notReached", "A", person, new { hotline = call.Hotline })] : [] };
            default:
                await book.End(CallId, LostCallStatus.Answered, null, context.DeedOf("end", answer.By), cancellationToken);
                return new Completed("NothingNeeded");
        }
    }

    private async Task<ActivityResult> Reached(ReliefDbContext db, ActivityContext context, (TicketEntry Entry, string By) said, CancellationToken cancellationToken)
    {
        var deed = context.DeedOf("ticket", said.By);
        var ticket = await new TicketDesk(db).Take(said.Entry with { Code = TicketCode.Of(deed.Key, key) }, deed, cancellationToken);
        TicketId = ticket.Id;
        await new CallBook(db).End(CallId, LostCallStatus.Answered, ticket.Id, context.DeedOf("end", said.By), cancellationToken);
        return new Completed("Reached") { Send = [Message.Of(TicketDesk.StartOf(context.KeyFor("hotline"), ticket.Id))] };
    }

    private static async Task<TicketEntry?> Wants(ReliefDbContext db, LostCall call, Answer answer, CancellationToken cancellationToken)
    {
        var place = answer.Text("placeCode") ?? call.PlaceCode;
        var isKnown = (await new AreaQueries(db).CodesAbove(place, cancellationToken)).Contains(call.CountyCode);
        return isKnown && Enum.TryParse<TicketType>(answer.Text("type"), out var type) && Enum.IsDefined(type) && type != TicketType.Inspection && answer.Text("wording") is { Length: > 0 and <= 4000 } wording
            ? new TicketEntry
            {
                CountyCode = call.CountyCode, Channel = "12349", Type = type, PlaceCode = place, Wording = wording, ComplainantRef = call.PersonId, LifeRisk = answer.Flag("lifeRisk"), ExternalId = call.Number
            }
            : null;
    }

    // A reminder or an end that belongs to an attempt before is none any more.
    private static Waiting Timed(LostCall call, Wakeup wakeup, DateTimeOffset now)
    {
        var isDue = wakeup.Bookmark.EndsWith(".due", StringComparison.Ordinal);
        if (isDue && call.DueAt > now)
            return new Waiting([]);
        var (template, to) = isDue ? ("call.late", "K") : ("call.remind", "H");
        return new Waiting([]) { Send = [Tell.Unit(template, to, call.CountyCode, new { call = TicketDesk.Short(call.Id) })] };
    }

    private static Waiting Waits(string name, LostCall call, DateTimeOffset now) =>
        new([.. new Deadline(now, call.DueAt, null).Bookmarks(name, TaskOf(call, null))]);

    private static HumanTask TaskOf(LostCall call, string? problem) => new()
    {
        Title = $"回拨未接来电 {call.Number}",
        Kind = Kind,
        Role = ReliefRoles.HotlineOperator,
        Unit = call.CountyCode,
        Subject = CallBook.Chain(call.Id),
        Outcomes = ["Reached", "NothingNeeded", "NoAnswer"],
        Form =
        [
            FormField.Of("type", "类型", "string", "Reached").OneOf("Consultation", "HelpRequest", "Complaint", "Report", "Praise"), FormField.Of("wording", "来电内容", "string", "Reached"),
            FormField.Of("placeCode", "村(居)代码", "string"), FormField.Of("lifeRisk", "有生命危险", "boolean"), FormField.Of("reason", "说明", "string", "NothingNeeded")
        ],
        Data = Json(new { call.Hotline, call.Number, place = call.PlaceCode, lostAt = call.CreatedAt, call.Attempts, isKnown = call.PersonId is not null, problem }),
        Due = call.DueAt,
        Priority = 80
    };
}
