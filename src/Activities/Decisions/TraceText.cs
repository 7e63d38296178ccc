using System.Text.Json;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A trace as a decision keeps it.</summary>
internal static class TraceText
{
    /// <summary>The rules as JSON; an empty list when no rule was asked, as for a need that is out of scope.</summary>
    public static string Of(EligibilityTrace? trace) => JsonSerializer.Serialize(trace?.Rules ?? [], JsonSerializerOptions.Web);
}
