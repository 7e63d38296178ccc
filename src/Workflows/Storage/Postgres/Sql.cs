using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The statements of one deed, read once from <c>&lt;deed&gt;.sql</c> beside this file.</summary>
/// <remarks>A line that begins with <c>-- then</c> separates two statements of one round trip; <c>@name</c> is a parameter.</remarks>
internal sealed partial class Sql
{
    private static readonly ConcurrentDictionary<string, Sql> Known = new(StringComparer.Ordinal);

    private Sql(ImmutableArray<Statement> statements) => Statements = statements;

    /// <summary>A statement with <c>$1</c>, <c>$2</c> … and the names they stand for.</summary>
    internal sealed record Statement(string Text, ImmutableArray<string> Names);

    public ImmutableArray<Statement> Statements { get; }

    public static Sql Of(string deed) => Known.GetOrAdd(deed, static name => new Sql([.. Parts(Text(name)).Select(Read)]));

    /// <summary>The file as it is, for migrations and scripts without parameters.</summary>
    public static string Text(string deed)
    {
        var name = $"{typeof(Sql).Namespace}.{deed}.sql";
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Parts(string text)
    {
        var part = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("-- then", StringComparison.Ordinal))
            {
                yield return part.ToString();
                part.Clear();
            }
            else if (!line.StartsWith("--", StringComparison.Ordinal))
            {
                part.Append(line).Append('\n');
            }
        }

        yield return part.ToString();
    }

    private static Statement Read(string text)
    {
        var names = new List<string>();
        var numbered = Parameter().Replace(text.Trim(), match =>
        {
            var name = match.Groups[1].Value;
            var place = names.IndexOf(name);
            if (place < 0)
            {
                names.Add(name);
                place = names.Count - 1;
            }

            return $"${place + 1}";
        });
        return new Statement(numbered, [.. names]);
    }

    [GeneratedRegex("@([a-z_]+)")]
    private static partial Regex Parameter();
}
