using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>The township finds out about visits of an emergency that nobody has recorded, and says that no record comes: then the money goes back, once (P29, INV-01).</summary>
/// <remarks>A record that comes first ends the question. Of both at the same moment one holds: the record is refused with <c>MoneyReturned</c>, or the money stays and the township is told.
/// When nobody answers the county is told, and it waits on: nobody gives money back in a person's place.</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Has the township say that no record of an emergency's visits comes any more.", Chinese = "核实无记录的服务", Waits = true)]
[Outcomes("Returned", "RecordCame")]
public sealed class SettleUnrecorded : EmergencyStep
{
    protected override async Task<StepEnd?> Begin(EmergencyScene scene, CancellationToken cancellationToken)
    {
        await Money(scene).Lock(cancellationToken);
        return await HasCome(scene, cancellationToken) ? StepEnd.By("RecordCame") : null;
    }

    protected override async Task<Question> Ask(EmergencyScene scene, CancellationToken cancellationToken)
    {
        var visits = await Money(scene).Unrecorded(cancellationToken);
        return new Question("emergency.unrecorded", "核实无服务记录的急难订单", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["NeverCame"],
            Form = [FormField.Of("reason", "核实情况", "string", "NeverCame")],
            Data = new { scene.Emergency.OrderId, amount = await Money(scene).Left(cancellationToken), visitDays = visits.Select(visit => ChinaTime.DayOf(visit.PlannedStart)) },
            DueKey = "emergency.unrecorded"
        };
    }

    protected override IEnumerable<Bookmark> Also(EmergencyScene scene) => [Bookmark.Event("recorded", RecordBook.Came(scene.Emergency.OrderId!))];

    protected override async Task<StepEnd?> Hear(EmergencyScene scene, Wakeup wakeup, CancellationToken cancellationToken) =>
        await HasCome(scene, cancellationToken) ? StepEnd.By("RecordCame") : null;

    protected override async Task<StepEnd> Decide(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        await Money(scene).Lock(cancellationToken);
        if (await HasCome(scene, cancellationToken))
            return StepEnd.By("RecordCame", scene.ToTownship("emergency.recordCame"));
        var deed = scene.Deed("unrecorded", answer.By);
        var amount = await Money(scene).GiveBack(deed.Step("return"), cancellationToken);
        await scene.Db.Audit(EmergencyRelief.Chain(EmergencyId), new AuditDetail("EmergencyUnrecorded", new { scene.Emergency.OrderId, amount, reason }), deed, cancellationToken);
        return StepEnd.By("Returned");
    }

    private static EmergencyMoney Money(EmergencyScene scene) => new(scene.Db, scene.Emergency.OrderId!);

    private static async Task<bool> HasCome(EmergencyScene scene, CancellationToken cancellationToken) =>
        await Money(scene).IsAwaited(scene.Context.Now, cancellationToken) || await Money(scene).Unrecorded(cancellationToken) is [];
}
