using System.Text.Json;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>The unit or agency reports the sessions as they are held, and in the end what came of them (PW3 step 5).</summary>
/// <remarks>Unpaid, or with the unit's own money: no service record and no settlement. Who misses two sessions running is asked why (E06).</remarks>
[ChangesRecords]
[Activity("Relief Partners", "The unit or agency reports sessions, attendance and outcome.", Chinese = "参加情况登记", Waits = true)]
[Outcomes("Noted", "MissedTwice", "Finished", "Stopped")]
public sealed class RecordAttendance : OrderStep
{
    [Input("The agency; empty when the unit itself gives it.", Chinese = "专业机构")]
    public string? AgencyId { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("active");
        await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Active, deed, cancellationToken);
        await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.InService, null, deed, cancellationToken);
        return null;
    }

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var byAgency = !string.IsNullOrEmpty(AgencyId);
        return Task.FromResult(new Question("linkage.attendance", "登记参加情况", byAgency ? ReliefRoles.SupplierLead : ReliefRoles.DepartmentLiaison, byAgency ? AgencyId! : scene.Order.Order.SupplierId!)
        {
            Outcomes = ["Noted", "Finished"],
            Form = [FormField.Of("sessions", "场次", "array", "Noted").Made(FormField.Of("date", "日期", "string"), FormField.Of("attended", "参加", "boolean"), FormField.Of("reason", "缺席原因", "string")), FormField.Of("reason", "成效", "string", "Finished")],
            WorkingDays = 30,
            Audience = byAgency ? "S" : "D",
            WhenStopped = "Stopped",
            Event = "attendance:" + OrderId
        });
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (Sessions(answer) is not { } sessions || (answer.Decision == "Noted" && sessions.Count == 0))
            return StepEnd.Not("NoSessions");
        var (book, today) = (new AttendanceBook(scene.Db), ChinaTime.DayOf(scene.Context.Now));
        if (await book.Note((OrderId, scene.Order.Order.CountyCode), sessions, today, scene.Context.DeedOf("note", answer.By), cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        return StepEnd.By(answer.Decision == "Noted" && await book.MissedTwice(OrderId, cancellationToken) ? "MissedTwice" : answer.Decision);
    }

    // Who has finished may leave the sessions out; what is there is read whole or not at all.
    private static IReadOnlyList<HeldSession>? Sessions(Answer answer) => answer.Has("sessions") ? answer.ListOf<HeldSession>("sessions") : [];
}
