using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Relief.Flow.Host.Console;
using Relief.Flow.Tests.Gates;

namespace Relief.Flow.Tests.Activities;

/// <summary>Whoever did a task and has it back reads why, in both languages: each code that an activity can give has its words.</summary>
public sealed partial class RefusedAnswersTests
{
    // What answers with a code why something cannot be so: a method whose type ends with one, or the argument of one of these calls.
    private static readonly string[] CodeCalls = ["Not", "Again", "Correct", "Work"];

    [Fact]
    public void Both_languages_have_words_for_each_code_that_sends_an_answer_back()
    {
        var codes = SourceFile.In("src/Activities").SelectMany(Codes).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(codes.Count > 100, $"only {codes.Count} codes were found");
        var mute = codes.Except(RefusedAnswers.All("zh").Keys).ToList();
        Assert.True(mute.Count == 0, "no words for " + string.Join(' ', mute));
        Assert.Equal(RefusedAnswers.All("zh").Keys.Order(), RefusedAnswers.All("en").Keys.Order());
        Assert.All(RefusedAnswers.All("zh"), text => Assert.Contains(text.Value, letter => letter is >= '\u4e00' and <= '\u9fff'));
        Assert.All(RefusedAnswers.All("en"), text => Assert.DoesNotContain(text.Value, letter => letter is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public void A_code_without_words_is_found_wherever_it_is_given()
    {
        var file = new SourceFile("src/Activities/X/X.cs", """
            class X
            {
                string? Problem() => true ? "DayWrong" : null;
                async Task<string?> Why() { return "NameMissing"; }
                StepEnd Decide() => StepEnd.Not("FormLost");
                void Ask() => Keep(Work(scene, "NeedLost"));
                async Task<(Row?, string? Problem)> Kept() { return day is null ? (null, "DayMissing") : (row, null); }
                string Word() => "NotACode";
                string? Key() => "some.key";
            }
            """);
        Assert.Equal(["DayMissing", "DayWrong", "FormLost", "NameMissing", "NeedLost"], Codes(file).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Codes(SourceFile file) =>
        from literal in file.Root.DescendantNodes().OfType<LiteralExpressionSyntax>()
        where literal.IsKind(SyntaxKind.StringLiteralExpression) && Code().IsMatch(literal.Token.ValueText) && (IsReturned(literal) || IsGiven(literal))
        select literal.Token.ValueText;

    private static bool IsGiven(LiteralExpressionSyntax literal) =>
        literal.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && CodeCalls.Contains((call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text ?? call.Expression.ToString());

    private static bool IsReturned(LiteralExpressionSyntax literal)
    {
        var way = literal.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).ToList();
        return !way.Any(node => node is ArgumentSyntax { Parent: not TupleExpressionSyntax } or PatternSyntax or BinaryExpressionSyntax or LambdaExpressionSyntax or AttributeSyntax)
            && way.Any(node => node is ReturnStatementSyntax or ArrowExpressionClauseSyntax)
            && literal.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && CodeType().IsMatch(method.ReturnType.ToString());
    }

    [GeneratedRegex("^[A-Z][a-z]*([A-Z][a-z]*)+$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^string\?$|^Task<string\?>$|, string\?( Problem)?\)>?$")]
    private static partial Regex CodeType();
}
