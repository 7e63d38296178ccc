using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>No test is skipped and none sleeps: the clock is moved, workers are stepped, signals are awaited.</summary>
public static class HonestTests
{
    private static readonly HashSet<string> Sleeps = ["Thread.Sleep", "Task.Delay", "SpinWait.SpinUntil", "System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Delay"];

    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> files) => files.SelectMany(file => Skipped(file).Concat(Sleeping(file)));

    private static IEnumerable<string> Skipped(SourceFile file)
    {
        var skips = file.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.Text is "Skip" or "SkipWhen" or "SkipUnless" or "Explicit");
        foreach (var skip in skips)
            yield return $"{file.Path} skips a test ({file.At(skip)})";

        foreach (var call in Calls(file).Where(call => call is "Assert.Skip" or "Assert.SkipWhen" or "Assert.SkipUnless" or "Skip.If" or "Skip.IfNot"))
            yield return $"{file.Path} skips a test by {call}";
    }

    private static IEnumerable<string> Sleeping(SourceFile file) => Calls(file).Where(Sleeps.Contains).Select(call => $"{file.Path} sleeps by {call}");

    private static IEnumerable<string> Calls(SourceFile file) =>
        file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => call.Expression.ToString());
}
