using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>What an operator wants done to a run, or to the values.</summary>
/// <param name="Deed"><c>redo</c>, <c>skip</c>, <c>move</c> or <c>edit</c>.</param>
/// <param name="Ordinal">The run; of no meaning for <c>edit</c>.</param>
/// <param name="Target">The outcome to leave by, or the step to go to.</param>
/// <param name="Values">The variables to set, by id.</param>
public sealed record MendByHand(string Deed, long Ordinal, string? Target, Dictionary<string, JsonElement>? Values, string Reason, string By);
