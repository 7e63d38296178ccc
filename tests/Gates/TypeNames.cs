using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Gates;

/// <summary>A type's name must be sayable to an operator: the words that name no duty are not used.</summary>
public static partial class TypeNames
{
    private static readonly HashSet<string> Banned =
    [
        "Manager", "Helper", "Helpers", "Handler", "Processor", "Provider", "Factory", "Util", "Utils", "Utility", "Base", "Default"
    ];

    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) =>
        from file in files
        from type in file.Types
        let name = SourceFile.NameOf(type)
        from word in Words(name).Where(Banned.Contains).Concat(Words(name).TakeLast(1).Where(Service.Contains))
        select $"{file.Path} {name} says '{word}'";

    // A service is also what the county buys: ServiceItem is the trade's word, OrderService is none. Hence only at the end.
    private static readonly HashSet<string> Service = ["Service", "Services"];

    private static IEnumerable<string> Words(string name) => Word().Matches(Own(name)).Select(match => match.Value);

    // IServiceCollection is the platform's word, and so is the customary name of the class that extends it.
    private static string Own(string name) => name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal) ? name[..^"ServiceCollectionExtensions".Length] : name;

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
