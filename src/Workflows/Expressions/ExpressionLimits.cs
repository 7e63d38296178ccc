namespace Relief.Flow.Workflows.Expressions;

/// <summary>How much one evaluation may use before it is stopped with an error.</summary>
public sealed record ExpressionLimits
{
    /// <summary>Time that one evaluation may keep its thread busy, looked at with every statement, call and concatenation.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time for one match of one regular expression.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    public int MaxStatements { get; init; } = 100_000;

    public int MaxRecursion { get; init; } = 64;

    /// <summary>Bytes that the evaluation may allocate on its thread, garbage included.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Characters of the longest text that a script or a template may make.</summary>
    public int MaxText { get; init; } = 1_000_000;

    /// <summary>Elements of the longest list that a script may hand to a built-in function.</summary>
    public int MaxElements { get; init; } = 100_000;

    /// <summary>Characters of a script or template.</summary>
    public int MaxSource { get; init; } = 32_000;

    /// <summary>Parsed scripts, and compiled templates, that are kept.</summary>
    public int CachedSources { get; init; } = 1_000;
}
