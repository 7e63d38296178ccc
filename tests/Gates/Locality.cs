using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Gates;

/// <summary>README.md follows a start request through at most 12 files and a timer through at most 5, and every file it names is there.</summary>
public static partial class Locality
{
    public sealed record Walk(string Heading, int AtMost);

    public static IReadOnlyList<Walk> Walks { get; } = [new("## A start request, file by file", 12), new("## A timer, file by file", 5)];

    /// <param name="readme">Its text, or null where there is none yet.</param>
    /// <param name="files">Every file of the tree, from the root with slashes. The README may name one by the end of its path.</param>
    public static IEnumerable<string> Breaches(string? readme, IReadOnlyCollection<string> files) =>
        readme is null ? [] : Walks.SelectMany(walk => InWalk(walk, readme, files));

    private static IEnumerable<string> InWalk(Walk walk, string readme, IReadOnlyCollection<string> files)
    {
        var lines = readme.Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = lines.IndexOf(walk.Heading);
        if (start < 0)
        {
            yield return $"README.md has no section '{walk.Heading}'";
            yield break;
        }

        var section = lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        var named = section.SelectMany(line => FileName().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToList();
        if (named.Count == 0 || named.Count > walk.AtMost)
            yield return $"README.md '{walk.Heading}' names {named.Count} files, {walk.AtMost} are the most";
        foreach (var gone in named.Where(name => !files.Any(file => file == name || file.EndsWith("/" + name, StringComparison.Ordinal))))
            yield return $"README.md '{walk.Heading}' names {gone}, which is not there";
    }

    [GeneratedRegex(@"[`\[(]((?:[\w.-]+/)*[\w.-]+\.(?:cs|sql|json))[`\])]")]
    private static partial Regex FileName();
}
