namespace Relief.Flow.Workflows.Storage;

/// <summary>Patterns for <c>like</c> in which what the user wrote stands for itself.</summary>
internal static class Like
{
    /// <summary>Contains the text, whatever the case of its Latin letters. A wildcard in it stands for any one character.</summary>
    public static string Anywhere(string text) =>
        "%" + text.Trim().ToLowerInvariant().Replace('%', '_') + "%";
}
