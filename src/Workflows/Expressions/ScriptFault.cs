namespace Relief.Flow.Workflows.Expressions;

/// <summary>Tells an author in plain words why a script does not parse.</summary>
internal static class ScriptFault
{
    private const string OnlyEs5 = "scripts are ECMAScript 5.1 with let and const";

    /// <summary>The position as <c>line:column</c>, both from 1, and the reason; newer forms of the language are named.</summary>
    public static string Describe(string text, int line, int column, string reason)
    {
        var lines = text.Split('\n');
        var at = line >= 1 && line <= lines.Length ? lines[line - 1] : "";
        // The parser reads => as = and then stumbles over >.
        if (column > 1 && column <= at.Length && at[column - 1] == '>' && at[column - 2] == '=')
            column--;

        var start = Math.Clamp(column - 1, 0, at.Length);

        return $"{line}:{column}: {Newer(at[start..], at[..start]) ?? reason}";
    }

    private static string? Newer(string rest, string before)
    {
        if (rest.StartsWith("=>", StringComparison.Ordinal))
            return $"arrow functions are not available, write function (x) {{ return …; }} ({OnlyEs5})";

        if (rest.StartsWith('`'))
            return $"template literals are not available, join texts with + ({OnlyEs5})";

        if (rest.StartsWith("...", StringComparison.Ordinal))
            return $"spread and rest (...) are not available ({OnlyEs5})";

        if (rest.StartsWith("class", StringComparison.Ordinal))
            return $"classes are not available ({OnlyEs5})";

        if (rest.StartsWith('.') && before.EndsWith('?'))
            return $"optional chaining (?.) is not available, test with && ({OnlyEs5})";

        if (rest.StartsWith('?') && before.EndsWith('?'))
            return $"the operator ?? is not available, write a || b or a test ({OnlyEs5})";

        return null;
    }
}
