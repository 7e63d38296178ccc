using System.Globalization;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>The township says what is to be done about a change: go on, change, stand still, stop, or hand the case to another township (A32, P12 step 3).</summary>
/// <remarks>The three stages (proposal, hearing, review) together take the 10 working days that a change may.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "The township says what is to be done about a change.", Chinese = "拟定处理意见", Waits = true)]
[Outcomes("Continue", "Hear", "Suspend", "Transfer")]
public sealed class ProposeChange : ChangeStep
{
    private static readonly string[] Decisions = Enum.GetNames<ChangeDecision>();

    [Output("Until when services stand still.", Chinese = "暂停至")]
    public string Until { get; private set; } = "";

    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => new("change.propose", "动态管理处理意见", ReliefRoles.ReliefClerk, scene.Township)
    {
        Outcomes = Decisions,
        Form =
        [
            FormField.Of("reason", "理由", "string", Decisions), FormField.Of("orderId", "订单", "string"), FormField.Of("itemCode", "服务项目", "string"), FormField.Of("quantity", "每月数量", "number"),
            FormField.Of("visits", "每月次数", "integer"), FormField.Of("accountId", "资金账户", "string"), FormField.Of("category", "救助身份", "string"),
            FormField.Of("stopReason", "停止原因", "string", "Stop"), FormField.Of("until", "暂停至", "string", "Suspend"), FormField.Of("toAreaCode", "迁入村(社区)", "string", "Transfer"),
            FormField.Of("effectiveOn", "生效日(停止为最后服务日)", "string")
        ],
        Data = new
        {
            kind = scene.Change.Kind.ToString(), scene.Change.Seen, scene.Change.SeenOn, scene.Change.Verdict, scene.Change.FailedIndicators, before = scene.Change.Reason,
            orders = scene.Orders.Select(order => new { order.Id, order.Pathway, status = order.Status.ToString() })
        },
        Excluded = await scene.Kin(cancellationToken), DueKey = "change.propose"
    };

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (FormData.Read<ChangeProposal>(answer.Data) is not { } proposal)
            return StepEnd.Not("FormInvalid");
        var decision = Enum.Parse<ChangeDecision>(answer.Decision);
        var (proposed, problem) = await new ProposalRules(scene).Of(decision, proposal, cancellationToken);
        if (proposed is null)
            return StepEnd.Not(problem!);
        var deed = scene.Context.DeedOf("propose", answer.By);
        var isKept = decision == ChangeDecision.Continue;
        await new ChangeBook(scene.Db).Change(ChangeId, (isKept ? "ChangeKept" : "ChangeProposed", new { decision, proposed.Reason, proposed.EffectiveOn, proposed.Adverse }), _ => proposed with
        {
            ProposedBy = answer.By, ProposedAt = deed.At, Status = isKept ? ChangeStatus.Kept : ChangeStatus.Proposed, EndedAt = isKept ? deed.At : null
        }, deed, cancellationToken);
        Until = proposed.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        return StepEnd.By(decision is ChangeDecision.Change or ChangeDecision.Stop ? "Hear" : decision.ToString());
    }
}
