using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Files of at most 300 lines, methods of at most 40, constructors of at most 5 parameters.</summary>
/// <remarks>A breach is a sign to look for the missing noun. Records are data, their members are not counted as parameters.</remarks>
public static class Sizes
{
    public const int FileLines = 300;
    public const int MethodLines = 40;
    public const int ConstructorParameters = 5;

    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) => files.SelectMany(InFile);

    private static IEnumerable<string> InFile(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd().Count('\n') + 1;
        if (lines > FileLines)
            yield return $"{file.Path} has {lines} lines";

        foreach (var node in file.Root.DescendantNodes())
        {
            if (Method(node) is { } name && Lines(node) is > MethodLines and var length)
                yield return $"{file.Path} {name} has {length} lines";
            if (Parameters(node) is { Count: > ConstructorParameters } wide)
                yield return $"{file.Path} {((BaseTypeDeclarationSyntax)node.FirstAncestorOrSelf<TypeDeclarationSyntax>()!).Identifier.Text} is constructed from {wide.Count} parameters";
        }
    }

    private static string? Method(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        OperatorDeclarationSyntax => "operator",
        _ => null
    };

    // From the signature to the closing brace: attributes and the docstring do not count.
    private static int Lines(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var first = attributes is null ? node.GetFirstToken() : attributes.GetLastToken().GetNextToken();
        return node.GetLocation().GetLineSpan().EndLinePosition.Line - first.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }

    private static IReadOnlyList<ParameterSyntax>? Parameters(SyntaxNode node) => node switch
    {
        ConstructorDeclarationSyntax constructor => constructor.ParameterList.Parameters,
        ClassDeclarationSyntax { ParameterList: { } primary } => primary.Parameters,
        _ => null
    };
}
