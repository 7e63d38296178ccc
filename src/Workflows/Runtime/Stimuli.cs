using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Reads mail as stimuli, and a claim that has no state yet as a new instance.</summary>
internal static class Stimuli
{
    private const string GoOverDeed = "migrate";

    public static Instance NewInstance(Claim claim, Definition definition)
    {
        var input = claim.Mail.Where(mail => mail.Kind is MailKind.Start or MailKind.Triggered).Select(InputOf).FirstOrDefault();
        return new Instance
        {
            Id = claim.InstanceId,
            CorrelationId = claim.CorrelationId,
            BusinessKey = claim.BusinessKey,
            SubjectId = claim.SubjectId,
            Parent = claim.Parent,
            Input = InputOf(definition, input)
        };
    }

    /// <summary>The ids of the versions to which operators want to take an instance.</summary>
    public static IEnumerable<string> VersionsIn(ImmutableArray<Mail> mail) =>
        mail.Where(one => one.Kind == MailKind.Mend).Select(one => FlowJson.To<MendByHand>(one.Payload)).Where(mend => mend is { Deed: GoOverDeed, Target: not null }).Select(mend => mend!.Target!);

    /// <summary>The stimulus that a message is; null for what changes nothing.</summary>
    /// <param name="versions">Those that <see cref="VersionsIn"/> names, as far as they are stored.</param>
    public static Stimulus? Read(Mail mail, IReadOnlyDictionary<string, Definition> versions) => mail.Kind switch
    {
        MailKind.Start => new Begin(mail.At),
        MailKind.Triggered => new Begin(mail.At, FlowJson.To<TriggeredStart>(mail.Payload)?.Trigger),
        MailKind.Event => Wake(mail, BookmarkKind.Event),
        MailKind.Timer => Wake(mail, BookmarkKind.Timer),
        MailKind.Task => Wake(mail, BookmarkKind.Task),
        MailKind.Child => Wake(mail, BookmarkKind.Child),
        MailKind.Reply => Wake(mail, BookmarkKind.Reply),
        MailKind.Cancel => new Cancel(Text(mail, "reason"), Text(mail, "by"), mail.At),
        MailKind.Retry => new Retry(mail.Payload.TryGetProperty("ordinal", out var ordinal) && ordinal.TryGetInt64(out var number) ? number : null, Text(mail, "by"), mail.At),
        MailKind.Mend when FlowJson.To<MendByHand>(mail.Payload) is { } mend => Mend(mend, versions, mail.At),
        MailKind.Suspend => new Suspend(Text(mail, "reason"), Text(mail, "by"), mail.At),
        MailKind.Resume => new Resume(Text(mail, "by"), mail.At),
        MailKind.ChildFaulted when FlowJson.To<ChildEnded>(mail.Payload) is { } ended => new ChildStopped(ended.InstanceId, ended.Fault ?? "The child has an incident.", mail.At),
        MailKind.Halt => new Interrupted(Text(mail, "kind") ?? "Interrupt", mail.Payload, mail.At),
        _ => null
    };

    private static Mend? Mend(MendByHand mend, IReadOnlyDictionary<string, Definition> versions, DateTimeOffset at) => mend.Deed switch
    {
        "redo" => new Redo(mend.Ordinal, mend.Reason, mend.By, at),
        "skip" => new Skip(mend.Ordinal, mend.Target ?? "Done", mend.Reason, mend.By, at),
        "move" when mend.Target is { } to => new Move(mend.Ordinal, to, mend.Reason, mend.By, at),
        "return" when mend.Target is { } to => new SendBack(mend.Ordinal, to, mend.Reason, mend.By, at),
        GoOverDeed => new GoOver(versions.GetValueOrDefault(mend.Target ?? ""), Places(mend.Values), mend.Reason, mend.By, at),
        "edit" => new Edit((mend.Values ?? []).ToImmutableDictionary(), mend.Reason, mend.By, at),
        _ => null
    };

    /// <summary>The steps that an order to go over chose, from the form in which it is kept.</summary>
    public static ImmutableDictionary<string, string> Places(Dictionary<string, JsonElement>? values) =>
        (values ?? []).Where(pair => pair.Value.ValueKind == JsonValueKind.String).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.GetString()!);

    private static Wake? Wake(Mail mail, BookmarkKind kind) =>
        mail.BookmarkId is { } bookmark ? new Wake(bookmark, kind, mail.Payload, mail.Lateness, mail.At) : null;

    private static string? Text(Mail mail, string name) =>
        mail.Payload.ValueKind == JsonValueKind.Object && mail.Payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement InputOf(Mail mail) =>
        mail.Kind == MailKind.Start ? mail.Payload : FlowJson.To<TriggeredStart>(mail.Payload)?.Input ?? default;

    private static ImmutableDictionary<string, JsonElement> InputOf(Definition definition, JsonElement given)
    {
        var input = ImmutableDictionary.CreateBuilder<string, JsonElement>();
        foreach (var parameter in definition.Inputs.Where(parameter => parameter.Default.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)))
        {
            input[parameter.Name] = parameter.Default;
        }

        if (given.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in given.EnumerateObject())
            {
                input[member.Name] = member.Value.Clone();
            }
        }

        return input.ToImmutable();
    }
}
