namespace Relief.Flow.Workflows.Definitions;

/// <summary>The long forms in which Elsa may write a name, such as <c>Elsa.Workflows.Activities.Sequence, Elsa.Workflows.Core</c>, and what they stand for.</summary>
public static class LongNames
{
    private const string Unregistered = "UnregisteredClrType:";

    private static readonly string[] Collections = ["List", "IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection", "HashSet", "ISet", "Collection"];

    /// <summary>The activity type that a long name stands for; a short name as it is.</summary>
    public static string OfActivity(string type) => type.Contains(',', StringComparison.Ordinal) ? "Elsa." + Short(type) : type;

    /// <summary>The alias of a type, and whether it is a list of that type: of <c>Int32</c>, <c>Int32[]</c>, <c>List&lt;Int32&gt;</c>, <c>System.Int32, System.Private.CoreLib</c> or <c>UnregisteredClrType:…</c>.</summary>
    public static (string Name, bool IsArray) OfType(string name)
    {
        var text = name.StartsWith(Unregistered, StringComparison.Ordinal) ? name[Unregistered.Length..].Trim() : name.Trim();
        if (Argument(text) is { } argument)
            return (OfType(argument).Name, true);

        var bare = Short(text);
        return bare.EndsWith("[]", StringComparison.Ordinal) ? (bare[..^2], true) : (bare, false);
    }

    // The element of List<X>, or of System.Collections.Generic.List`1[[X, assembly]], assembly; null for what is no list.
    private static string? Argument(string text)
    {
        var (open, close) = text.Contains("`1[[", StringComparison.Ordinal) ? ("`1[[", "]]") : ("<", ">");
        var start = text.IndexOf(open, StringComparison.Ordinal);
        var end = text.LastIndexOf(close, StringComparison.Ordinal);
        if (start < 0 || end < start)
            return null;

        var outer = text[..start];
        return Collections.Contains(outer[(outer.LastIndexOf('.') + 1)..]) ? text[(start + open.Length)..end] : null;
    }

    /// <summary>A name without its assembly, its namespace and the classes around it.</summary>
    public static string Short(string text)
    {
        var name = text.Contains('<', StringComparison.Ordinal) || text.Contains('`', StringComparison.Ordinal) ? text : text.Split(',')[0].Trim();
        return name.Contains('<', StringComparison.Ordinal) || name.Contains('`', StringComparison.Ordinal) ? name : name[(name.LastIndexOfAny(['.', '+']) + 1)..];
    }
}
