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

    /// <summary>The task at a level.</summary>
    public static DeskWork Work(bool county) => new()
    {
        Title = county ? "县级审核确认" : "审核确认",
        Kind = Kind,
        Role = county ? ReliefRoles.CountyOfficer : ReliefRoles.TownshipReviewer,
        Outcomes = [Approved, Rejected, Returned, Escalated],
        Form =
        [
            county ? FormField.Of("needs", "各项需求的决定", "array") : FormField.Of("needs", "各项需求的决定", "array", Approved),
            FormField.Of("reasonCode", "原因代码", "string", Rejected, Returned, Escalated), FormField.Of("reasons", "理由", "string", Rejected, Returned, Escalated)
        ]
    };
}

/// <summary>What is decided on one need.</summary>
/// <param name="NeedItemId">The need.</param>
/// <param name="Quantity">Units per month; 0 denies it.</param>
/// <param name="Pathways">M1 to M7; what was proposed when absent.</param>
public sealed record NeedDecision(string NeedItemId, decimal Quantity, IReadOnlyList<string>? Pathways = null);
