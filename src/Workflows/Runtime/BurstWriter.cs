using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Turns what a burst decided into the rows of its commit.</summary>
internal static class BurstWriter
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BurstCommit Write(OpenBurst burst)
    {
        var instance = burst.Instance;
        var dropped = burst.Effects.OfType<DropBookmark>().Select(drop => drop.Id).ToHashSet();
        var set = burst.Effects.OfType<SetBookmark>().ToArray();
        var journal = Journal(burst.Effects);
        return new BurstCommit
        {
            Claim = burst.Claim,
            Status = instance.Status,
            State = InstanceState.Write(instance),
            MailRead = [.. burst.Claim.Mail.Select(mail => mail.Id)],
            Bookmarks = [.. set.Where(one => !dropped.Contains(one.Id)).Select(one => new NewBookmark(one.Id, one.Ordinal, one.ActivityId, one.Bookmark))],
            Dropped = [.. dropped.Except(set.Select(one => one.Id))],
            Outbox = [.. burst.Effects.Select(effect => Outgoing(burst, effect)).OfType<NewOutboxRow>()],
            Journal = journal,
            Hash = Chain(burst.Claim.ChainHead, burst.Claim.Seq + 1, journal),
            At = burst.Claim.Now,
            Name = instance.Name,
            CorrelationId = instance.CorrelationId,
            Fault = FaultOf(burst),
            Incidents = instance.Incidents.Length,
            WentOverTo = burst.WentOverTo is { } version ? new VersionMark(version.VersionId, version.Version) : null,
            Waits = WaitOf(instance),
            KeepClaim = instance.NextReady() is not null
        };
    }

    /// <summary>The hash that binds a journal row to the one before it.</summary>
    public static byte[] Chain(byte[] head, long seq, byte[] journal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(BitConverter.GetBytes(seq));
        hash.AppendData(journal);
        return hash.GetHashAndReset();
    }

    private static NewOutboxRow? Outgoing(OpenBurst burst, Effect effect) => effect switch
    {
        SendMessage { Message: { Kind: MessageKind.Halt } halt } send => Mail(send.Id, NewHalt.ByInstance(burst.Instance.Id, FlowJson.To<PersonHalted>(halt.Payload)!)),
        SendMessage send => new NewOutboxRow(send.Id, send.ActivityId, send.Message, send.ReplyTo),
        TellParent tell => Mail(tell.Id, new NewMail(
            tell.Parent.InstanceId, tell.Ended.Status == nameof(InstanceStatus.Faulted) ? MailKind.ChildFaulted : MailKind.Child, FlowJson.Of(tell.Ended),
            tell.Id.ToString(), tell.Ended.Status == nameof(InstanceStatus.Faulted) ? null : tell.Parent.BookmarkId)),
        CancelChild cancel => Mail(cancel.Id, new NewMail(cancel.Child, MailKind.Cancel, FlowJson.Of(new { cancel.Reason, by = "parent" }), cancel.Id.ToString())),
        _ => null
    };

    private static NewOutboxRow Mail(Guid id, NewMail mail) =>
        new(id, string.Empty, new Message(MessageKind.Mail, "mail", FlowJson.Of(mail)) { PassesHalt = true }, null);

    private static byte[] Journal(IReadOnlyList<Effect> effects)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartArray();
        foreach (var note in effects.OfType<Note>())
        {
            json.WriteStartObject();
            json.WriteString("e", note.Event);
            json.WriteNumber("o", note.Ordinal);
            if (note.ActivityId is not null)
            {
                json.WriteString("a", note.ActivityId);
            }

            json.WriteString("t", note.At.UtcDateTime);
            if (note.Data.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            {
                json.WritePropertyName("d");
                note.Data.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static Fault? FaultOf(OpenBurst burst) =>
        burst.Instance.Incidents is [var first, ..]
            ? new Fault(first.Code, first.Message, first.ActivityId, first.Signature(burst.Definition))
            : null;

    // People before outside systems, and these before time: what a list should name first.
    private static WaitSummary? WaitOf(Instance instance)
    {
        if (!instance.IsOpen)
        {
            return null;
        }

        var waits =
            from frame in instance.Frames
            from standing in frame.Bookmarks
            orderby Rank(standing.Kind), standing.Since
            select (frame, standing);
        if (!waits.Any())
        {
            return null;
        }

        var (at, first) = waits.First();
        var due = first.Due ?? at.Bookmarks.Where(other => other.Due is not null).Min(other => other.Due);
        return new WaitSummary(first.Kind, at.ActivityId, first.Since, due);
    }

    private static int Rank(BookmarkKind kind) => kind switch
    {
        BookmarkKind.Task => 0,
        BookmarkKind.Event => 1,
        BookmarkKind.Reply => 2,
        BookmarkKind.Child => 3,
        _ => 4
    };
}
