using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>What came of an answer.</summary>
/// <param name="Outcome">The port; null when the answer was refused.</param>
/// <param name="Problem">Why it was refused: a stable code.</param>
public sealed record StepEnd(string? Outcome, string? Problem)
{
    /// <summary>What leaves the house with it.</summary>
    public IReadOnlyList<Message> Send { get; init; } = [];

    /// <summary>What the audit trail keeps besides the reason: references and numbers.</summary>
    public object? Kept { get; init; }

    /// <summary>It ends by a port.</summary>
    public static StepEnd By(string outcome, params Message[] send) => new(outcome, null) { Send = send };

    /// <summary>It cannot be so.</summary>
    public static StepEnd Not(string problem) => new(null, problem);
}
