using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>What a reviewer sends, and the task that asks for it.</summary>
public sealed record ReviewForm
{
    public const string Kind = "approval";
    public const string Approved = nameof(Approved);
    public const string Rejected = nameof(Rejected);
    public const string Returned = nameof(Returned);
    public const string Escalated = nameof(Escalated);

    /// <summary>What is decided on each need; the county's second approver may leave it out.</summary>
    public IReadOnlyList<NeedDecision> Needs { get; init; } = [];

    /// <summary>Why not, as a code.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Why not, in words for the letter.</summary>
    public string? Reasons { get; init; }

    /// <summary>The task at a level, with a row for each need: what the routing table proposes for it and why, and what it forbids.</summary>
    public static DeskWork Work(bool county, IReadOnlyList<NeedItem> needs, IReadOnlyDictionary<string, NeedRouting> routings) => new()
    {
        Title = county ? "县级审核确认" : "审核确认",
        Kind = Kind,
        Role = county ? ReliefRoles.CountyOfficer : ReliefRoles.TownshipReviewer,
        Outcomes = [Approved, Rejected, Returned, Escalated],
        Form =
        [
            FormField.Of("needs", "各项需求的决定", "array", county ? [] : [Approved]).Made(
                FormField.Of("needItemId", "需求", "string").OneOf(needs.Select(need => new FieldChoice(need.Id, Label(need, routings.GetValueOrDefault(need.Id))))), FormField.Of("quantity", "每月数量(0 为不批准)", "number"),
                FormField.Of("pathways", "服务方式", "array").OneOf(Catalogue.Pathways.Codes), FormField.Of("because", "未按建议选择的理由", "string"))
                .From(needs.Select(need => new { needItemId = need.Id, quantity = need.Quantity, pathways = need.Pathways })),
            FormField.Of("reasonCode", "原因代码", "string", Rejected, Returned, Escalated), FormField.Of("reasons", "理由", "string", Rejected, Returned, Escalated)
        ]
    };

    // Such as: home-care 0,建议 M1(生活不能自理且无人照料);可加 M6;不得 M4:生活不能自理的,不能只靠结对帮扶
    private static string Label(NeedItem need, NeedRouting? routing)
    {
        var label = $"{need.ItemCode} {need.Quantity}";
        if (routing is null)
            return label;
        var said = routing.ToProposal();
        var why = string.Join(';', said.Rows.Where(row => row.Proposes).Select(row => row.Name));
        label += said.Pathways.Count > 0 ? $",建议 {string.Join('、', said.Pathways)}({why})" : $",无适用方式,不批准的转 {routing.Otherwise}";
        if (said.Extras.Count > 0)
            label += $";可加 {string.Join('、', said.Extras)}";
        return said.Forbidden.Count == 0 ? label : $"{label};{string.Join(';', said.Forbidden.Select(ban => $"{(ban.Alone ? "不得只用" : "不得")} {ban.Pathway}:{ban.Reason}"))}";
    }
}

/// <summary>What is decided on one need.</summary>
/// <param name="NeedItemId">The need.</param>
/// <param name="Quantity">Units per month; 0 denies it.</param>
/// <param name="Pathways">M1 to M7; what was proposed when absent. Several are a bundle: each becomes an order of its own.</param>
/// <param name="Because">Why, for a pathway that the routing table neither proposes nor lets be added.</param>
public sealed record NeedDecision(string NeedItemId, decimal Quantity, IReadOnlyList<string>? Pathways = null, string? Because = null);
