using Microsoft.Extensions.Logging;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What the engine tells its log, as facts. Ids and codes only: no input, no name, no value of a variable.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Instance {InstanceId} wrote a line of {Length} characters at {Activity}.")]
    public static partial void LineWritten(ILogger logger, Guid instanceId, string activity, int length);

    [LoggerMessage(1002, LogLevel.Warning, "Instance {InstanceId} was fenced: another node has it. Nothing was written.")]
    public static partial void BurstFenced(ILogger logger, Guid instanceId);

    [LoggerMessage(1003, LogLevel.Error, "Instance {InstanceId}: the database refused its burst: {Reason}")]
    public static partial void BurstRefused(ILogger logger, Guid instanceId, string? reason);

    [LoggerMessage(1004, LogLevel.Error, "Instance {InstanceId} could not be run; its claim ends by itself and it is tried again.")]
    public static partial void BurstFailed(ILogger logger, Exception exception, Guid instanceId);

    [LoggerMessage(1005, LogLevel.Error, "Definition version {VersionId} of instance {InstanceId} is missing (K11).")]
    public static partial void DefinitionMissing(ILogger logger, string versionId, Guid instanceId);

    [LoggerMessage(1006, LogLevel.Warning, "Instance {InstanceId} has an incident at {Activity}: {Code}.")]
    public static partial void IncidentRaised(ILogger logger, Guid instanceId, string activity, string code);

    [LoggerMessage(1007, LogLevel.Warning, "The first burst of instance {InstanceId} could not be run before its start was written; it runs after it.")]
    public static partial void FirstBurstFailed(ILogger logger, Exception exception, Guid instanceId);

    [LoggerMessage(1010, LogLevel.Warning, "{Duty} failed; it goes on after {Pause}.")]
    public static partial void DutyFailed(ILogger logger, Exception exception, string duty, TimeSpan pause);

    [LoggerMessage(1011, LogLevel.Warning, "Message {Id} to {Target} failed in attempt {Attempt}: {Reason}")]
    public static partial void MessageFailed(ILogger logger, Guid id, string target, int attempt, string reason);

    [LoggerMessage(1012, LogLevel.Information, "Node {NodeId} works on {Storage}.")]
    public static partial void NodeStarted(ILogger logger, int nodeId, StorageKind storage);
}
