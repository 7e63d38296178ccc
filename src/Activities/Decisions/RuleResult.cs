namespace Relief.Flow.Activities.Decisions;

/// <summary>One rule of a trace: what it asked, what it saw and what it found.</summary>
/// <param name="Rule">Its code.</param>
/// <param name="Result">Pass, Fail or Unknown.</param>
/// <param name="Seen">The inputs: codes and numbers, never a diagnosis or an income.</param>
public sealed record RuleResult(string Rule, string Result, string Seen)
{
    public const string Pass = nameof(Pass);
    public const string Fail = nameof(Fail);
    public const string Unknown = nameof(Unknown);

    /// <summary>The rule holds, or it does not.</summary>
    public static RuleResult Of(string rule, bool holds, string seen) => new(rule, holds ? Pass : Fail, seen);
}
