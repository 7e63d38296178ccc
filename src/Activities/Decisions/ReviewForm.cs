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

    /// <summary>The task at a level, with a row for each need.</summary>
    public static DeskWork Work(bool county, IReadOnlyList<NeedItem> needs) => new()
    {
        Title = county ? "县级审核确认" : "审核确认",
        Kind = Kind,
        Role = county ? ReliefRoles.CountyOfficer : ReliefRoles.TownshipReviewer,
        Outcomes = [Approved, Rejected, Returned, Escalated],
        Form =
        [
            FormField.Of("needs", "各项需求的决定", "array", county ? [] : [Approved]).Made(
                FormField.Of("needItemId", "需求", "string").OneOf(needs.Select(need => new FieldChoice(need.Id, $"{need.ItemCode} {need.Quantity}"))), FormField.Of("quantity", "每月数量(0 为不批准)", "number"),
                FormField.Of("pathways", "服务方式", "array").OneOf(Catalogue.Pathways.Codes))
                .From(needs.Select(need => new { needItemId = need.Id, quantity = need.Quantity, pathways = need.Pathways })),
            FormField.Of("reasonCode", "原因代码", "string", Rejected, Returned, Escalated), FormField.Of("reasons", "理由", "string", Rejected, Returned, Escalated)
        ]
    };
}

/// <summary>What is decided on one need.</summary>
/// <param name="NeedItemId">The need.</param>
/// <param name="Quantity">Units per month; 0 denies it.</param>
/// <param name="Pathways">M1 to M7; what was proposed when absent.</param>
public sealed record NeedDecision(string NeedItemId, decimal Quantity, IReadOnlyList<string>? Pathways = null);
