namespace Relief.Flow.Workflows.Definitions;

/// <summary>Whether a start is allowed beside what already runs; the numbers are stored.</summary>
/// <remarks>
/// "Runs" is every instance that is open. A start without a correlation is never stopped by <see cref="Correlation"/>, and by
/// <see cref="CorrelatedSingleton"/> only by another without one.
/// </remarks>
public enum Activation
{
    Always = 0,

    /// <summary>One open instance of the definition.</summary>
    Singleton = 1,

    /// <summary>One open instance with that correlation, whatever its definition.</summary>
    Correlation = 2,

    /// <summary>One open instance of the definition with that correlation.</summary>
    CorrelatedSingleton = 3
}
