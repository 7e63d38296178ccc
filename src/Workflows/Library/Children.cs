using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary>What the activities that start other workflows have in common.</summary>
internal static class Children
{
    public static ChildStart Start(ActivityContext context, Guid childId, string definitionId, string? correlationId, JsonElement input) =>
        new(childId, definitionId, input, string.IsNullOrEmpty(correlationId) ? context.CorrelationId : correlationId, context.BusinessKey, context.SubjectId);

    public static Task<ActivityResult> End(ChildEnded ended) =>
        Task.FromResult<ActivityResult>(ended.Status == "Finished"
            ? new Completed(Activity.Done)
            : new Faulted("child." + ended.Status.ToLowerInvariant(), ended.Fault ?? $"The child {ended.InstanceId} ended as {ended.Status}.") { MayRetry = false });
}
