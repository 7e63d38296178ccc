using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What the activities that start other workflows have in common.</summary>
internal static class Children
{
    public static ChildStart Start(ActivityContext context, Guid childId, string definitionId, string? correlationId, JsonElement input) =>
        new(childId, definitionId, input, string.IsNullOrEmpty(correlationId) ? context.CorrelationId : correlationId, context.BusinessKey, context.SubjectId);

    /// <summary>What an activity that runs because of a child sees of it.</summary>
    public static ImmutableDictionary<string, JsonElement> Seen(Guid child) =>
        ImmutableDictionary<string, JsonElement>.Empty.Add("ChildInstanceId", JsonSerializer.SerializeToElement(child));

    public static Task<ActivityResult> End(ChildEnded ended) =>
        Task.FromResult<ActivityResult>(ended.Status == "Finished" ? new Completed(Activity.Done) : Failed(ended));

    public static Faulted Failed(ChildEnded ended) =>
        new("child." + ended.Status.ToLowerInvariant(), ended.Fault ?? $"The child {ended.InstanceId} ended as {ended.Status}.") { MayRetry = false };
}
