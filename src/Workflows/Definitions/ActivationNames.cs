using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Reads <c>options.activationStrategyType</c>: short names and the format's long type names.</summary>
internal static class ActivationNames
{
    public const string Member = "activationStrategyType";

    /// <summary>Null for a name that is not known.</summary>
    public static Activation? Of(JsonElement options) => Bare(options.Text(Member) ?? "") switch
    {
        "" or "ALWAYS" or "ALLOWALWAYS" => Activation.Always,
        "SINGLETON" => Activation.Singleton,
        "CORRELATION" or "UNIQUECORRELATION" => Activation.Correlation,
        "CORRELATEDSINGLETON" => Activation.CorrelatedSingleton,
        _ => null
    };

    private static string Bare(string name)
    {
        var type = LongNames.Short(name).ToUpperInvariant();
        return type.EndsWith("STRATEGY", StringComparison.Ordinal) ? type[..^"STRATEGY".Length] : type;
    }
}
