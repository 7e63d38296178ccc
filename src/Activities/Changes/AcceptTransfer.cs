using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>The township to which somebody moves takes the case, or says why not (E03). Within one township nobody has to be asked.</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "The township to which somebody moves takes the case.", Chinese = "迁入地接收", Waits = true)]
[Outcomes("Accepted", "Declined")]
public sealed class AcceptTransfer : ChangeStep
{
    protected override async Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken)
    {
        if (await Receiving(scene, cancellationToken) != scene.Township)
            return null;
        await Approve(scene, scene.Context.DeedOf("same"), cancellationToken);
        return StepEnd.By("Accepted");
    }

    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => new("change.transfer", "接收迁入的救助个案", ReliefRoles.ReliefClerk, await Receiving(scene, cancellationToken))
    {
        Outcomes = ["Accepted", "Declined"],
        Form = [FormField.Of("reason", "不予接收的理由", "string", "Declined")],
        Data = new { scene.Change.ToAreaCode, scene.Change.EffectiveOn, from = scene.Township, orders = scene.Orders.Count },
        Excluded = await scene.Kin(cancellationToken), DueKey = "change.transfer"
    };

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("transfer", answer.By);
        if (answer.Decision == "Accepted")
        {
            await Approve(scene, deed, cancellationToken);
            return StepEnd.By("Accepted");
        }

        if (answer.Reason is not { Length: > 0 and <= 2000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new ChangeBook(scene.Db).Change(ChangeId, ("TransferDeclined", new { reason }), change => change with { Status = ChangeStatus.Open }, deed, cancellationToken);
        return StepEnd.By("Declined", scene.ToTownship("change.declined", new { caseNumber = scene.Title, reason }));
    }

    private Task<PersonChange> Approve(ChangeScene scene, Deed deed, CancellationToken cancellationToken) =>
        Write(scene, "TransferAccepted", change => change with { Status = ChangeStatus.Approved }, deed, cancellationToken);

    private static Task<string> Receiving(ChangeScene scene, CancellationToken cancellationToken) => new AreaQueries(scene.Db).TownshipOf(scene.Change.ToAreaCode!, cancellationToken);
}
