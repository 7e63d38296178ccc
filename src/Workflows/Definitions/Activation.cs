using System.Text.Json;

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

/// <summary>Reads <c>options.activationStrategyType</c>: short names and the format's long type names.</summary>
internal static class ActivationNames
{
    public const string Member = "activationStrategyType";

    /// <summary>Null for a name that is not known.</summary>
    public static Activation? Of(JsonElement options) => Short(options.Text(Member)) switch
    {
        "" or "ALWAYS" or "ALLOWALWAYS" => Activation.Always,
        "SINGLETON" => Activation.Singleton,
        "CORRELATION" or "UNIQUECORRELATION" => Activation.Correlation,
        "CORRELATEDSINGLETON" => Activation.CorrelatedSingleton,
        _ => null
    };

    // Namespace.SingletonStrategy, Assembly
    private static string Short(string? name)
    {
        var type = (name ?? "").Split(',')[0].Trim().Split('.')[^1].ToUpperInvariant();
        return type.EndsWith("STRATEGY", StringComparison.Ordinal) ? type[..^"STRATEGY".Length] : type;
    }
}
