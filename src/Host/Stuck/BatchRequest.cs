using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Stuck;

/// <summary>One deed on everything that a filter finds.</summary>
/// <param name="Action">Retry, Fire, Rearm, Replay, Suspend, Resume or Cancel.</param>
/// <param name="Reason">Why, 3 to 500 characters.</param>
public sealed record BatchRequest(string? Action, BatchFilter? Filter, string? Reason)
{
    internal const string AllowedText = "A batch can retry, fire, rearm, replay, suspend, resume or cancel.";

    internal RepairAction Deed => Enum.Parse<RepairAction>(Action!, ignoreCase: true);

    internal bool IsAllowed => Enum.TryParse<RepairAction>(Action, ignoreCase: true, out var deed) && RepairBatches.Allows(deed);
}

/// <summary>Which findings: at least one restriction.</summary>
/// <param name="Signature">One error at one step, as the summary names it.</param>
/// <param name="Text">Part of the business key or the instance's name.</param>
public sealed record BatchFilter(string? Code, string? DefinitionId, string? ActivityId, long? Signature, string? Text)
{
    internal bool IsEmpty => Code is null && DefinitionId is null && ActivityId is null && Signature is null && string.IsNullOrWhiteSpace(Text);

    internal FindingFilter ToFilter() => new() { Code = Code, DefinitionId = DefinitionId, ActivityId = ActivityId, Signature = Signature, Text = Text };
}
