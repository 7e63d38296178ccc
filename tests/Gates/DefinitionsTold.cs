using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Every file of definitions/ has a test class that names it.</summary>
public static class DefinitionsTold
{
    /// <param name="definitions">File names or paths; the name without .json is the definition's id.</param>
    /// <param name="tests">The test files. A test class names a definition by its id as a string literal.</param>
    public static IEnumerable<string> Breaches(IEnumerable<string> definitions, IEnumerable<SourceFile> tests)
    {
        var named = tests.Where(HasTests).SelectMany(Literals).ToHashSet(StringComparer.Ordinal);
        return from path in definitions
               let id = Path.GetFileNameWithoutExtension(path)
               where !named.Contains(id) && !named.Contains(id + ".json")
               select $"{path} is named by no test class";
    }

    private static bool HasTests(SourceFile file) =>
        file.Root.DescendantNodes().OfType<AttributeSyntax>().Any(attribute => attribute.Name.ToString() is "Fact" or "Theory")
        || file.Root.DescendantNodes().OfType<SimpleBaseTypeSyntax>().Any(parent => parent.Type.ToString() == "PathwayStory");

    private static IEnumerable<string> Literals(SourceFile file) =>
        file.Root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText);
}
