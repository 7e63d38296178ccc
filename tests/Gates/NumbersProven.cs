using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Each number by which the specification calls a scenario (SC-…), an edge case (E…) or an invariant (INV-…) is carried by a test.</summary>
/// <remarks>
/// A test carries a number by <c>[Trait("Proves", "E07")]</c> on its method or class, by its name (<c>INV_05_…</c>, <c>SC_08_…</c>), or as a test of a
/// class of that name (<c>SC35</c>). Scenarios and edge cases are played on both databases. <c>dotnet test tests --filter "Proves=E07"</c> runs those with the trait.
/// </remarks>
public static partial class NumbersProven
{
    private static readonly int[] Scenarios = [1, 2, 3, 4, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 23, 24, 26, 27, 29, 30, 31, 32, 33, 35, 37, 38, 40, 43, 45, 46, 47, 48];

    /// <summary>Every number of the specification.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Enumerable.Range(1, 24).Select(number => Named("E", number)), .. Scenarios.Select(number => Named("SC-", number)), .. Enumerable.Range(1, 29).Select(number => Named("INV-", number))];

    public static IEnumerable<string> Breaches(IEnumerable<string> numbers, IEnumerable<SourceFile> tests)
    {
        var classes = tests.SelectMany(file => file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()).ToList();
        var heirs = classes.ToLookup(Parent, heir => heir.Identifier.Text);
        var proofs = classes.SelectMany(Proofs).ToLookup(proof => proof.Number, proof => proof.Class);
        foreach (var number in numbers)
        {
            if (!proofs[number].Any())
                yield return $"{number} is proven by no test";
            else if (!number.StartsWith("INV", StringComparison.Ordinal) && !proofs[number].Any(proof => IsOnBoth(heirs[proof])))
                yield return $"{number} is proven on one database only";
        }
    }

    private static IEnumerable<(string Number, string Class)> Proofs(ClassDeclarationSyntax type)
    {
        var (name, tests) = (type.Identifier.Text, type.Members.OfType<MethodDeclarationSyntax>().Where(IsTest).ToList());
        if (tests.Count == 0 && Parent(type) != "PathwayStory")
            return [];
        var said = type.AttributeLists.Concat(tests.SelectMany(test => test.AttributeLists)).SelectMany(list => list.Attributes).Where(IsProof)
            .Select(proof => proof.ArgumentList!.Arguments[1].ToString().Trim('"'));
        return said.Concat(tests.Select(test => test.Identifier.Text).Append(name).Select(Number).OfType<string>()).Select(number => (number, name));
    }

    private static bool IsTest(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory");

    private static bool IsProof(AttributeSyntax attribute) =>
        attribute.Name.ToString() == "Trait" && attribute.ArgumentList?.Arguments is [var name, _] && name.ToString() == "\"Proves\"";

    private static bool IsOnBoth(IEnumerable<string> heirs) =>
        heirs.Any(heir => heir.EndsWith("OnSqlite", StringComparison.Ordinal)) && heirs.Any(heir => heir.EndsWith("OnPostgres", StringComparison.Ordinal));

    private static string Parent(ClassDeclarationSyntax type) => type.BaseList?.Types.FirstOrDefault()?.Type.ToString() ?? "";

    private static string? Number(string name) => Numbered().Match(name) is { Success: true } match
        ? Named(match.Groups[1].Value + "-", int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    private static string Named(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:00}");

    [GeneratedRegex("^(SC|INV)_?([0-9]{2})(?![0-9])")]
    private static partial Regex Numbered();
}
