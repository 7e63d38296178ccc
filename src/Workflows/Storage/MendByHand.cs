using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>What an operator wants done to a run, or to the values.</summary>
/// <param name="Deed"><c>redo</c>, <c>skip</c>, <c>move</c>, <c>return</c>, <c>edit</c> or <c>migrate</c>.</param>
/// <param name="Ordinal">The run; of no meaning for <c>edit</c> and <c>migrate</c>.</param>
/// <param name="Target">The outcome to leave by, the step to go to, or the id of the version to go over to.</param>
/// <param name="Values">The variables to set, by id; for <c>migrate</c> the steps at which runs go on, by the step where they are.</param>
public sealed record MendByHand(string Deed, long Ordinal, string? Target, Dictionary<string, JsonElement>? Values, string Reason, string By);
