using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Gates;

/// <summary>A type's name must be sayable to an operator: the words that name no duty are not used.</summary>
public static partial class TypeNames
{
    private static readonly HashSet<string> Banned =
    [
        "Manager", "Service", "Services", "Helper", "Helpers", "Handler", "Processor", "Provider", "Factory", "Util", "Utils", "Utility", "Base", "Default"
    ];

    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) =>
        from file in files
        from type in file.Types
        let name = SourceFile.NameOf(type)
        from word in Word().Matches(Own(name)).Select(match => match.Value).Where(Banned.Contains)
        select $"{file.Path} {name} says '{word}'";

    // IServiceCollection is the platform's word, and so is the customary name of the class that extends it.
    private static string Own(string name) => name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal) ? name[..^"ServiceCollectionExtensions".Length] : name;

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
