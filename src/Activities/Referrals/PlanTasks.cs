using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>The tasks of a plan and an agreement as people see them.</summary>
internal static class PlanTasks
{
    /// <summary>The supplier drafts the plan.</summary>
    public static HumanTask Draft(OrderScene scene) => new()
    {
        Title = $"编制服务方案 {scene.Case.Number}",
        Kind = "plan",
        Role = ReliefRoles.SupplierLead,
        Unit = scene.SupplierUnit,
        Subject = "order:" + scene.Order.Id,
        Outcomes = ["Submitted"],
        Form =
        [
            FormField.Of("goals", "服务目标", "string"),
            FormField.Of("lines", "服务项目", "array", "Submitted").Made(ItemOf(scene), FormField.Of("quantityPerMonth", "每月数量", "number"), FormField.Of("visitsPerMonth", "每月次数", "integer"))
                .From(scene.Needs.Select(need => new { need.ItemCode, quantityPerMonth = need.Quantity })),
            FormField.Of("schedule", "服务时间", "array").Made(ItemOf(scene), FormField.Of("days", "每月几号(每行一个)", "array"), FormField.Of("time", "开始时间(如 09:00)", "string"), FormField.Of("minutes", "时长(分钟)", "integer"))
        ],
        Data = Answer.Json(new { items = scene.Needs.Select(need => new { need.ItemCode, need.Quantity }) })
    };

    /// <summary>The person agrees and the township checks.</summary>
    public static HumanTask Agree(OrderScene scene, IReadOnlyList<PlannedItem> lines) => new()
    {
        Title = $"确认服务方案 {scene.Case.Number}",
        Kind = "plan.agree",
        Role = ReliefRoles.ReliefClerk,
        Unit = scene.TownshipCode,
        Subject = "order:" + scene.Order.Id,
        Outcomes = ["Agreed", "Returned", "PersonRefuses", "NoConsensus"],
        Form = [new FormField("reason", "理由", "string", ["Returned", "PersonRefuses", "NoConsensus"])],
        Data = Answer.Json(new { lines })
    };

    /// <summary>One party signs the agreement.</summary>
    public static HumanTask Sign(OrderScene scene, string agreementId, AgreementParty party) => new()
    {
        Title = $"签署服务协议 {scene.Case.Number}",
        Kind = "agreement." + party,
        Role = party == AgreementParty.Supplier ? ReliefRoles.SupplierLead : ReliefRoles.ReliefClerk,
        Unit = party == AgreementParty.Supplier ? scene.SupplierUnit : scene.TownshipCode,
        Subject = "order:" + scene.Order.Id,
        Outcomes = ["Signed", "Refused"],
        Form = [new FormField("signer", "签署人", "string", []), new FormField("reason", "理由", "string", ["Refused"])],
        Data = Answer.Json(new { agreementId, party = party.ToString() })
    };

    private static FormField ItemOf(OrderScene scene) => FormField.Of("itemCode", "服务项目", "string").OneOf(scene.Needs.Select(need => need.ItemCode));
}
