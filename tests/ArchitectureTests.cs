using System.Reflection;
using Relief.Flow.Tests.Gates;

namespace Relief.Flow.Tests;

/// <summary>The house style as gates over the real tree. Each gate's own tests, <see cref="GateTests"/>, show that it catches a planted fault.</summary>
public sealed class ArchitectureTests
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Product = new(() => SourceFile.In("src"));
    private static readonly Lazy<IReadOnlyList<SourceFile>> Tests = new(() => SourceFile.In("tests"));
    private static readonly Lazy<IReadOnlyList<Type>> Types = new(() =>
        [.. new[] { "Workflows", "Activities", "Host" }.SelectMany(name => Assembly.Load($"Relief.Flow.{name}").GetTypes())]);

    private static readonly Dictionary<string, Func<IEnumerable<string>>> Gates = new()
    {
        ["folders use only what the table gives them"] = () => FolderPurity.Breaches(Product.Value),
        ["files, methods and constructors are small"] = () => Sizes.Breaches(All()),
        ["type names are sayable"] = () => TypeNames.Breaches(All()),
        ["one type per file, sealed, in its folder's namespace"] = () => TypesAndFiles.Breaches(Product.Value).Concat(TypesAndFiles.Breaches(Tests.Value)),
        ["interfaces have two implementations"] = () => Interfaces.Breaches(Types.Value),
        ["async methods end in a CancellationToken"] = () => Cancellation.Breaches(Product.Value),
        ["nothing is left unfinished"] = () => Unfinished.Breaches(All()).Concat(Unfinished.BreachesInText(OtherLanguages())),
        ["no test is skipped or sleeps"] = () => HonestTests.Breaches(Tests.Value),
        ["every number of the specification is proven"] = () => NumbersProven.Breaches(NumbersProven.All, Tests.Value),
        ["every definition has a story"] = () => DefinitionsTold.Breaches(SourceFile.In("definitions", ".json").Select(file => file.Path), Tests.Value),
        ["the README's walks name real files"] = () => Locality.Breaches(Readme(), [.. Product.Value.Concat(OtherLanguages()).Select(file => file.Path)])
    };

    // Each gate goes over the whole tree: once is enough for all that is asked of it.
    private static readonly Dictionary<string, Lazy<IReadOnlyList<string>>> Found = Gates.ToDictionary(gate => gate.Key, gate => new Lazy<IReadOnlyList<string>>(() => [.. gate.Value()]));

    public static TheoryData<string> Names => [.. Gates.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_house_style_holds(string gate)
    {
        var breaches = Exemptions.Unexcused(Found[gate].Value, Exemptions.Granted);
        Assert.True(breaches.Count == 0, $"Not so any more: {gate}.\n{string.Join('\n', breaches)}");
    }

    [Fact]
    public void Every_exemption_has_a_reason_and_still_excuses_something() =>
        Assert.Empty(Exemptions.Stale([.. Found.Values.SelectMany(found => found.Value)], Exemptions.Granted));

    [Fact]
    public void The_gates_see_the_tree()
    {
        Assert.Contains(Product.Value, file => file.Path == "src/Workflows/Definitions/Definition.cs");
        Assert.Contains(Tests.Value, file => file.Path == "tests/ArchitectureTests.cs");
        Assert.NotEmpty(Types.Value);
    }

    private static IEnumerable<SourceFile> All() => Product.Value.Concat(Tests.Value);

    private static IEnumerable<SourceFile> OtherLanguages() =>
        new[] { ".sql", ".js", ".css", ".html" }.SelectMany(extension => SourceFile.In("src", extension)).Concat(SourceFile.In("definitions", ".json"));

    private static string? Readme() => File.Exists(Repository.At("README.md")) ? File.ReadAllText(Repository.At("README.md")) : null;
}
