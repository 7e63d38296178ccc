using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

/// <summary>Builds what a store is given, with only what a test cares about: <c>A.Start()</c>, <c>A.Burst(claim)</c>.</summary>
public static class A
{
    /// <summary>Business time at which every test of a store begins: noon in Shanghai on a Monday.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static long ordinals;

    public static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);

    public static NewInstance Start(string? subject = null, int? claimFor = null) => new()
    {
        Id = Guid.CreateVersion7(),
        DefinitionId = "inquiry",
        DefinitionVersion = 1,
        DefinitionVersionId = "inquiry-1",
        SubjectId = subject,
        ClaimFor = claimFor,
        Input = Json(new { village = "Lower Mill" })
    };

    public static StoredDefinition Definition(int version, string body = "{}", bool isPublished = false, string id = "inquiry") => new()
    {
        VersionId = $"{id}-{version}",
        DefinitionId = id,
        Version = version,
        Name = "Inquiry",
        Body = Encoding.UTF8.GetBytes(body),
        Hash = [1, 2, 3],
        IsPublished = isPublished,
        CreatedAt = Noon
    };

    /// <summary>A burst that read all the claim's mail and decided nothing but its status.</summary>
    public static BurstCommit Burst(Claim claim, InstanceStatus status = InstanceStatus.Waiting) => new()
    {
        Claim = claim,
        Status = status,
        State = [7, (byte)claim.Seq],
        MailRead = [.. claim.Mail.Select(mail => mail.Id)],
        Journal = Encoding.UTF8.GetBytes("[]"),
        Hash = [9, (byte)(claim.Seq + 1)],
        At = claim.Now
    };

    /// <summary>A burst that leaves the instance waiting at these bookmarks.</summary>
    public static BurstCommit Wait(Claim claim, params ImmutableArray<NewBookmark> bookmarks) => Burst(claim) with { Bookmarks = bookmarks };

    /// <summary>A burst that sends these and goes on waiting.</summary>
    public static BurstCommit Send(Claim claim, params ImmutableArray<NewOutboxRow> rows) =>
        Burst(claim) with { Outbox = rows, Bookmarks = [.. rows.Where(row => row.ReplyTo is not null).Select(row => Reply(row.ReplyTo!.Value)), Event("never")] };

    public static NewBookmark At(Bookmark bookmark) => new(Guid.CreateVersion7(), Interlocked.Increment(ref ordinals), "step", bookmark);

    public static NewBookmark Event(string key, string? correlation = null) => At(Bookmark.Event("came", key, correlation));

    public static NewBookmark Timer(DateTimeOffset due, DueRule? rule = null) => At(Bookmark.Timer("due", due, rule));

    public static NewBookmark Child() => At(Bookmark.Child("ended", Message.Of(new ChildStart(Guid.Empty, "child", Json(new { })))));

    public static NewBookmark Reply(Guid id) => At(Bookmark.Reply("answered", Message.Of(Call()))) with { Id = id };

    public static NewBookmark Task(string? assignee = null, params ImmutableArray<string> excluded) => At(Bookmark.For("decided", new HumanTask
    {
        Title = "复核 2026-0001",
        Kind = "review",
        Role = "reviewer",
        Assignee = assignee,
        Excluded = excluded,
        Outcomes = ["Approve", "Refuse"],
        Form = [new FormField("reason", "理由", "string", ["Refuse"])],
        Data = Json(new { number = "2026-0001" })
    }));

    public static HttpCall Call() => new("POST", "https://bank.example/pay", Body: Json(new { fen = 100 }));

    public static NewOutboxRow Http(EffectClass kind = EffectClass.Outbox, Guid? replyTo = null) => Row(Message.Of(Call(), kind), replyTo);

    public static NewOutboxRow Notice() => Row(Message.Of(new Notice("case.opened", "household", "sms", "person:1", Json(new { number = "1" }))));

    public static NewOutboxRow Publishes(string name, string? correlation = null, object? payload = null) =>
        Row(Message.Of(new EventPublished(name, correlation, Json(payload))));

    public static NewOutboxRow Starts(ChildStart child) => Row(Message.Of(child));

    public static NewOutboxRow Mails(NewMail mail) =>
        Row(new Message(MessageKind.Mail, "mail", Json(mail.Payload.ValueKind == JsonValueKind.Undefined ? mail with { Payload = Json(null) } : mail)));

    public static NewOutboxRow Row(Message message, Guid? replyTo = null) => new(Guid.CreateVersion7(), "step", message, replyTo);

    public static EventToPublish Published(string name, string? correlation = null, object? payload = null) =>
        new(name, correlation, Json(payload), EventToPublish.Week);
}
