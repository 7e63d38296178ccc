using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>The county's finance proposes by a document what becomes of each open reservation at the close of its year (P24 step 6, E22).</summary>
/// <remarks>Nothing is decided by it. Without a decision of two people by the close what is open expires, and then the step ends by <c>Expired</c>.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Has the county's finance propose which reservations are carried over.", Chinese = "结转方案拟定", Waits = true)]
[Outcomes("Proposed", "Expired")]
public sealed class ProposeCarryOver : AskedStep<FundYearScene>
{
    private const int Shown = 200;
    private const int LongestDocument = 200;

    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    protected override Task<FundYearScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => FundYearScene.Of(db, FundYearId, context, cancellationToken);

    protected override async Task<Question> Ask(FundYearScene scene, CancellationToken cancellationToken)
    {
        var queries = new FundYearQueries(scene.Db);
        var open = await queries.Open(scene.Year, "", Shown, cancellationToken);
        var question = new Question("fund.carryOver", "拟定年末预留结转方案", ReliefRoles.CountyFinance, scene.CountyCode)
        {
            Outcomes = ["Proposed"],
            Form =
            [
                FormField.Of("document", "结转文号", "string", "Proposed"),
                FormField.Of("rest", "未列明的预留", "string", "Proposed").OneOf(Enum.GetNames<CarryChoice>()),
                FormField.Of("named", "单独决定的预留", "array").Made(FormField.Of("reservationId", "预留", "string"), FormField.Of("decision", "决定", "string").OneOf(Enum.GetNames<CarryChoice>()))
            ],
            Data = new { open = await queries.Count(scene.Year, cancellationToken), reservations = open },
            DueKey = "fund.carryDecide"
        };
        return scene.Year.ClosedAt is null ? question with { DueAt = await scene.Moment(FundYearDays.Close, cancellationToken), WhenLate = "Expired" } : question;
    }

    protected override async Task<StepEnd> Decide(FundYearScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Expired")
            return StepEnd.By("Expired", scene.Tell("fund.notCarried", new { year = scene.Year.Year }));
        if (answer.Text("document")?.Trim() is not { Length: > 0 and <= LongestDocument } document)
            return StepEnd.Not("DocumentMissing");
        if (ChoiceOf(answer.Text("rest")) is not { } rest || (answer.Has("named") ? answer.ListOf<Named>("named") : []) is not { } list)
            return StepEnd.Not("CarryChoiceUnknown");
        if (await Problem(scene, list, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        var named = list.ToDictionary(one => one.ReservationId!, one => ChoiceOf(one.Decision)!.Value);
        await new FundYearBook(scene.Db).Propose(FundYearId, new CarryProposal(document, rest, named), scene.Context.DeedOf("propose", answer.By), cancellationToken);
        return StepEnd.By("Proposed");
    }

    protected override IEnumerable<Message> Nudges(FundYearScene scene, Question question, bool isLate) =>
        [scene.Tell(isLate ? "task.late" : "task.remind", new { document = scene.Title })];

    private static async Task<string?> Problem(FundYearScene scene, IReadOnlyList<Named> list, CancellationToken cancellationToken)
    {
        if (list.Any(one => ChoiceOf(one.Decision) is null))
            return "CarryChoiceUnknown";
        if (list.DistinctBy(one => one.ReservationId).Count() < list.Count)
            return "NamedTwice";
        string[] named = [.. list.Select(one => one.ReservationId).OfType<string>()];
        var open = await new FundYearQueries(scene.Db).Open(scene.Year, named, cancellationToken);
        if (named.Length < list.Count || !named.All(open.ContainsKey))
            return "ReservationNotOpen";
        string[] ending = [.. list.Where(one => ChoiceOf(one.Decision) == CarryChoice.CarryOver && !open[one.ReservationId!].RunsOn).Select(one => open[one.ReservationId!].OrderId)];
        return await scene.Db.Set<Orders.Order>().AnyAsync(order => ending.Contains(order.Id), cancellationToken) ? "OrderEndsWithYear" : null;   // a sheet of neighbours is no order
    }

    private static CarryChoice? ChoiceOf(string? text) => text is not null && Enum.GetNames<CarryChoice>().Contains(text) ? Enum.Parse<CarryChoice>(text) : null;

    private sealed record Named(string? ReservationId, string? Decision);
}
