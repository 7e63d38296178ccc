using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Accepts a record (P08 step 7): a clean one by itself after three working days, a flagged one only by a person. It is no payment.</summary>
/// <remarks>Also by the event <c>accept:{recordId}</c>. An overlap or a record later than 72 hours is accepted with a reason only, and that reason is kept (INV-08, E23).</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Accepts a service record, by itself when it is clean.", Chinese = "记录验收", Waits = true)]
[Outcomes("Accepted", "Queried", "Rejected")]
public sealed class AcceptRecord : Activity
{
    [Input("The record.", Chinese = "记录")]
    public required string RecordId { get; init; }

    [Input("Whether a clean record is accepted by itself; without it the parameter record.autoAccept decides.", Chinese = "自动验收")]
    public bool? AutoIfClean { get; init; }

    [Input("Who may decide.", Chinese = "验收角色")]
    public string Role { get; init; } = ReliefRoles.ReliefClerk;

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var (record, scene) = await Read(db, cancellationToken);
        if (record.Status is RecordStatus.Accepted or RecordStatus.Settled)
            return new Completed("Accepted");
        var deadline = await new Deadlines(db).Of("record.accept", scene.TownshipCode, context.Now, cancellationToken);
        return record.Flags.Length == 0 && await IsAutomatic(db, scene, cancellationToken)
            ? new Waiting([Bookmark.Event("event", "accept:" + RecordId), Bookmark.Timer("auto", deadline.Due, deadline.Rule)])
            : new Waiting([Bookmark.Event("event", "accept:" + RecordId), .. deadline.Bookmarks("task", TaskFor(record, scene))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var (record, scene) = await Read(db, cancellationToken);
        if (wakeup.IsTimer && wakeup.Bookmark != "auto")
        {
            var late = wakeup.Bookmark == "task.due";
            return new Waiting([]) { Send = [ActivityDeeds.Tell(late ? "task.late" : "task.remind", late ? "K" : "C", late ? scene.Order.CountyCode : scene.TownshipCode, scene.Reference)] };
        }

        var answer = wakeup.IsTimer ? new Answer("Accepted", null, ActivityDeeds.System) : Answer.From(wakeup);
        // A record that was flagged while it waited, because another overlaps it, is a person's to decide.
        var result = wakeup.IsTimer && record.Flags.Length > 0 ? new RecordResult.Invalid("Flagged") : await Decided(db, context, answer, cancellationToken);
        if (result is RecordResult.Done)
            return new Completed(answer.Decision) { Send = answer.Decision == "Accepted" ? [.. await VisitMirror.Accepted(db, record, Deed.Of(context), cancellationToken)] : [ActivityDeeds.Tell("record.decided", "S", record.SupplierId, new { record = RecordId, decision = answer.Decision })] };

        // Refused for now, such as an overlap without a reason: a person decides again within two working days.
        var correction = await new Deadlines(db).WorkingDays(2, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.For($"again-{wakeup.Bookmark}-{context.Now.ToUnixTimeSeconds()}", TaskFor(record, scene) with { Due = correction.Due })]);
    }

    private Task<RecordResult> Decided(ReliefDbContext db, ActivityContext context, Answer answer, CancellationToken cancellationToken)
    {
        var book = new RecordBook(db);
        var deed = context.DeedOf("decide", answer.By);
        return answer.Decision switch
        {
            "Accepted" => book.Accept(RecordId, answer.Text("overrideReason"), deed, cancellationToken),
            "Rejected" => book.Reject(RecordId, answer.Reason ?? "", deed, cancellationToken),
            "Queried" => book.Query(RecordId, answer.Reason ?? "", deed, cancellationToken),
            _ => Task.FromResult<RecordResult>(new RecordResult.Invalid("UnknownDecision"))
        };
    }

    private async Task<bool> IsAutomatic(ReliefDbContext db, OrderScene scene, CancellationToken cancellationToken) =>
        AutoIfClean ?? await new ParameterQueries(db).Find("record.autoAccept", scene.TownshipCode, scene.Order.PlannedFrom, cancellationToken) is { Value: "true" };

    private async Task<(VisitRecord Record, OrderScene Scene)> Read(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var record = await db.Set<VisitRecord>().SingleAsync(row => row.Id == RecordId, cancellationToken);
        return (record, await new OrderScenes(db).Of(record.OrderId, cancellationToken));
    }

    // E23: what comes too late after its year is over opens that year's accounts and spot checks again, and only the county lets it in.
    private static bool IsOfAPastYear(VisitRecord record) => record.Flags.Contains("TooLate") && record.ServiceDate.Year < ChinaTime.DayOf(record.SubmittedAt).Year;

    private HumanTask TaskFor(VisitRecord record, OrderScene scene) => new()
    {
        Title = $"验收服务记录 {scene.Case.Number}",
        Kind = "record.accept",
        Role = IsOfAPastYear(record) ? ReliefRoles.CountyOfficer : Role,
        Unit = IsOfAPastYear(record) ? scene.Order.CountyCode : scene.TownshipCode,
        Subject = "order:" + record.OrderId,
        Outcomes = ["Accepted", "Queried", "Rejected"],
        Form = [new FormField("overrideReason", "例外理由", "string", []), new FormField("reason", "理由", "string", ["Queried", "Rejected"])],
        Data = Json(new { record.Id, record.ItemCode, record.ServiceDate, record.StartAt, record.EndAt, record.Quantity, record.Flags })
    };
}
