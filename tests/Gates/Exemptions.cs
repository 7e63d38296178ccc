namespace Relief.Flow.Tests.Gates;

/// <summary>What may break a gate, each with its reason. Starts empty and should end so.</summary>
public static class Exemptions
{
    /// <param name="Breach">The beginning of the breach as the gate prints it, without the line number: a path and, where given, a name.</param>
    /// <param name="Reason">Why the code is better so, in a sentence.</param>
    public sealed record Exemption(string Breach, string Reason);

    public static IReadOnlyList<Exemption> Granted { get; } =
    [
        new("src/Workflows/Expressions/ScriptMeter.cs uses System.Diagnostics", "The sandbox must stop a script that runs too long, so one file measures elapsed time; it never reaches a value."),
        new("src/Workflows/Expressions/ThreadTime.cs uses System.", "The limit counts the time that the script's thread has run, and only the operating system knows it; it never reaches a value."),
        new("src/Workflows/Expressions/Script.cs uses System.Threading.Thread", "The parser recurses with the script's nesting: on a stack of its own a hostile script cannot end the process."),
        new("src/Workflows/Expressions/TextTemplates.cs uses System.IO.", "The template library reads and writes text by these types; they are in memory and bound what a template may write."),
        new("tests/Runtime/CrashingStore.cs CrashingStore is not sealed", "A dispatch proxy is derived from at run time.")
    ];

    /// <summary>The breaches that nobody has excused.</summary>
    public static IReadOnlyList<string> Unexcused(IEnumerable<string> breaches, IReadOnlyList<Exemption> granted) =>
        [.. breaches.Where(breach => !granted.Any(exemption => Covers(exemption, breach)))];

    /// <summary>Exemptions that excuse nothing any more, or give no reason: they have to go.</summary>
    public static IReadOnlyList<string> Stale(IReadOnlyCollection<string> breaches, IReadOnlyList<Exemption> granted) =>
        [.. granted.Where(exemption => exemption.Reason.Length < 20 || !breaches.Any(breach => Covers(exemption, breach))).Select(exemption => exemption.Breach)];

    private static bool Covers(Exemption exemption, string breach) => breach.StartsWith(exemption.Breach, StringComparison.Ordinal);
}
