using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>The start that a row of the outbox means, and what is said when it may not be: the same on both databases.</summary>
internal static class TriggeredStarts
{
    /// <summary>Which version to start: the one that was published when it was triggered, else the one that is published now.</summary>
    public static VersionChoice VersionOf(ChildStart start) => start.Version is { } version ? VersionChoice.Exactly(version) : VersionChoice.Published;

    /// <param name="by">The instance that wishes it.</param>
    public static NewInstance Of(ChildStart start, StoredDefinition definition, Guid by) => new()
    {
        Id = start.InstanceId,
        DefinitionId = definition.DefinitionId,
        DefinitionVersion = definition.Version,
        DefinitionVersionId = definition.VersionId,
        CorrelationId = start.CorrelationId,
        BusinessKey = start.BusinessKey,
        SubjectId = start.SubjectId,
        Parent = start is { ParentId: { } parent, ParentBookmark: { } bookmark } ? new ParentLink(parent, bookmark) : null,
        Input = start.Input,
        StartedBy = start.Trigger is { } fired ? "trigger:" + fired.ActivityId : "instance:" + by,
        Trigger = start.Trigger,
        Activation = definition.Activation
    };

    /// <summary>Why an excluded start is not tried again.</summary>
    public static string Excluded(ChildStart start, Guid running)
    {
        Telemetry.StartsExcluded.Add(1);
        return $"Not started: the definition {start.DefinitionId} may not start beside the running instance {running}.";
    }

    /// <summary>What the parent that waits for a child hears when there will be none; null when nobody waits.</summary>
    public static NewMail? NoChild(ChildStart start, string why) => start is { ParentId: { } parent, ParentBookmark: { } bookmark }
        ? new NewMail(parent, MailKind.Child, FlowJson.Of(new ChildEnded(start.InstanceId, "Faulted", FlowJson.Of(new { }), why)), BookmarkId: bookmark)
        : null;
}
