namespace Relief.Flow.Host.Answers;

/// <summary>Why somebody does what is not a matter of course: asked for at one place, kept with the deed.</summary>
internal static class Reasons
{
    public const string Asked = "3 to 500 characters: it is kept in the journal and in the audit trail.";

    public static bool Are(string? reason) => reason?.Trim().Length is >= 3 and <= 500;

    /// <summary>Asks for the field of that name.</summary>
    public static Fields CheckReason(this Fields fields, string? reason) => fields.Check("reason", Are(reason), Asked);
}
