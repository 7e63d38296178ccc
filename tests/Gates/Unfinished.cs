using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Nothing is left for later: no reminder in a comment, nothing not implemented, no exception without a name, no locator of services.</summary>
public static partial class Unfinished
{
    /// <summary>In C#, looked for in comments and code, never in string literals.</summary>
    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) => files.SelectMany(file => Reminders(file).Concat(Code(file)));

    /// <summary>In files of other languages, looked for in the whole text.</summary>
    public static IEnumerable<string> BreachesInText(IEnumerable<SourceFile> files) =>
        files.Where(file => Reminder().IsMatch(file.Text)).Select(file => $"{file.Path} holds a reminder");

    private static IEnumerable<string> Reminders(SourceFile file) =>
        from trivia in file.Root.DescendantTrivia()
        where !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia) && Reminder().IsMatch(trivia.ToFullString())
        select $"{file.Path} holds a reminder: {trivia.ToString().Trim()}";

    private static IEnumerable<string> Code(SourceFile file)
    {
        foreach (var made in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
        {
            if (made.Type.ToString().Split('.')[^1] is "NotImplementedException" or "Exception")
                yield return $"{file.Path} throws {made.Type}";
        }

        if (file.Under("src") && file.Name is not ("ActivityRunner.cs" or "Program.cs") && !file.Name.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal)
            && file.Root.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.Text == "IServiceProvider") is { } locator)
            yield return $"{file.Path} asks an IServiceProvider ({file.At(locator)})";
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Reminder();
}
