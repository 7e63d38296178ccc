using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Requests;

/// <summary>Waits for the first answer of a human to a request for help (A44): 24 hours on the clock, no pause on holidays (X12).</summary>
/// <remarks>
/// The duty is reminded after 12 hours, the head of the centre after 20; after 24 the breach is kept and the county told, and the work goes on.
/// An automatic reply is no answer. Who cannot be reached is answered by two attempts, a message and a grid visit, each with its reference.
/// </remarks>
[ChangesRecords]
[Activity("Relief Requests", "Waits for the first answer of a human to a request.", Chinese = "24小时反馈", Waits = true)]
[Outcomes("InTime", "Breached")]
public sealed class GiveFeedback : Activity
{
    private const string Unreachable = nameof(Unreachable);

    private static readonly string[] Kinds = ["Emergency", "Service", "Question", "Complaint"];

    [Input("The request.", Chinese = "求助")]
    public required string RequestId { get; init; }

    [Output("Emergency, Service, Question or Complaint.", Chinese = "类别")]
    public string Kind { get; private set; } = "";

    [Output("Who answered.", Chinese = "反馈人")]
    public string By { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var request = (await new RequestBook(db).Find(RequestId, cancellationToken))!;
        var due = request.ReceivedAt + HelpRequest.Limit;
        return new Waiting(
        [
            Bookmark.For("feedback", TaskFor(request, await Township(db, request, cancellationToken), null) with { Due = due }),
            Bookmark.Timer("duty", request.ReceivedAt.AddHours(12)), Bookmark.Timer("head", request.ReceivedAt.AddHours(20)), Bookmark.Timer("breach", due.AddMilliseconds(1))
        ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new RequestBook(db);
        var request = (await book.Find(RequestId, cancellationToken))!;
        var township = await Township(db, request, cancellationToken);
        if (wakeup.IsTimer)
        {
            var isBreach = wakeup.Bookmark == "breach";
            if (isBreach)
                await book.Late(RequestId, cancellationToken);
            return new Waiting([]) { Send = [ActivityDeeds.Tell(isBreach ? "request.breach" : "request.remind", isBreach ? "K" : "C", isBreach ? request.CountyCode : township, new { request = RequestId, hours = Hours(wakeup.Bookmark) })] };
        }

        var answer = Answer.From(wakeup);
        if (Said(answer) is not { } said)
            return new Waiting([Bookmark.For($"feedback-{context.KeyFor(wakeup.Bookmark):N}", TaskFor(request, township, "FeedbackIncomplete") with { Due = request.ReceivedAt + HelpRequest.Limit })]);
        var answered = await book.Answered(RequestId, said, context.DeedOf("feedback", answer.By), cancellationToken);
        Kind = said.Kind;
        By = answer.By;
        return new Completed(answered.Breached ? "Breached" : "InTime");
    }

    private static (string Kind, string Feedback)? Said(Answer answer)
    {
        var kind = answer.Text("kind") ?? "";
        if (!Kinds.Contains(kind))
            return null;
        if (answer.Decision != Unreachable)
            return answer.Text("content") is { Length: > 0 } content ? (kind, content) : null;
        string?[] proofs = [answer.Text("firstAttempt"), answer.Text("secondAttempt"), answer.Text("message"), answer.Text("gridVisit")];
        return proofs.All(proof => proof is { Length: > 0 }) ? (kind, string.Join("; ", proofs)) : null;
    }

    private static int Hours(string bookmark) => bookmark switch { "duty" => 12, "head" => 20, _ => 24 };

    private static async Task<string> Township(ReliefDbContext db, HelpRequest request, CancellationToken cancellationToken) =>
        await new AreaQueries(db).TownshipOf(request.AreaCode, cancellationToken);

    private static HumanTask TaskFor(HelpRequest request, string township, string? problem) => new()
    {
        Title = "24小时求助反馈",
        Kind = "request.feedback",
        Role = ReliefRoles.SocialWorkStation,
        Unit = township,
        Subject = "request:" + request.Id,
        Outcomes = ["Answered", Unreachable],
        Form =
        [
            new FormField("kind", "类别", "string", ["Answered", Unreachable]), new FormField("content", "反馈内容", "string", ["Answered"]),
            new FormField("firstAttempt", "第一次联系", "string", [Unreachable]), new FormField("secondAttempt", "第二次联系", "string", [Unreachable]),
            new FormField("message", "留言编号", "string", [Unreachable]), new FormField("gridVisit", "网格走访编号", "string", [Unreachable])
        ],
        Data = Json(new { request.Wording, request.AreaCode, request.ReceivedAt, problem }),
        Priority = 80
    };
}
