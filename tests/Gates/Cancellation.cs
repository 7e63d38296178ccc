using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Every async method of the product takes a CancellationToken, as its last parameter.</summary>
/// <remarks>Not asked of signatures that others fix: overrides, explicit implementations, DisposeAsync, and what is given an HttpContext, alone or in a filter's context, which carries the token.</remarks>
public static class Cancellation
{
    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) =>
        from file in files
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where !IsGiven(method)
        let parameters = BeforeParams(method)
        where method.Modifiers.Any(SyntaxKind.AsyncKeyword) || IsAwaited(method) && parameters.Any(IsToken)
        where parameters.Length == 0 || !IsToken(parameters[^1])
        select $"{file.Path} {method.Identifier.Text} is async and does not end its parameters with a CancellationToken";

    private static bool IsGiven(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        || method.ExplicitInterfaceSpecifier is not null
        || method.Identifier.Text == "DisposeAsync"
        || method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() is "HttpContext" or "EndpointFilterInvocationContext");

    // The language wants a params array to stand last.
    private static ParameterSyntax[] BeforeParams(MethodDeclarationSyntax method) =>
        [.. method.ParameterList.Parameters.Where(parameter => !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))];

    private static bool IsAwaited(MethodDeclarationSyntax method) => method.ReturnType.ToString() is var type
        && (type.StartsWith("Task", StringComparison.Ordinal) || type.StartsWith("ValueTask", StringComparison.Ordinal) || type.StartsWith("IAsyncEnumerable", StringComparison.Ordinal));

    private static bool IsToken(ParameterSyntax parameter) => parameter.Type?.ToString() is "CancellationToken" or "System.Threading.CancellationToken";
}
