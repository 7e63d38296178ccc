using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The columns of a group commit: what each arm of it is given.</summary>
internal static class CommitColumns
{
    public static Dictionary<string, Value> Bursts(IReadOnlyList<BurstCommit> group)
    {
        var columns = Decided(group);
        var of = new Columns<BurstCommit>(group);
        columns["ids"] = of.Uuid(burst => burst.Claim.InstanceId);
        columns["seqs"] = of.Big(burst => burst.Claim.Seq);
        columns["version_ids"] = of.Text(burst => burst.WentOverTo?.Id);
        columns["versions"] = of.Int(burst => burst.WentOverTo?.Number);
        columns["correlations"] = of.Text(burst => burst.CorrelationId);
        columns["mail"] = Value.Of(group.SelectMany(burst => burst.MailRead));
        columns["mail_of"] = Value.Of(group.SelectMany(burst => burst.MailRead.Select(_ => burst.Claim.InstanceId)));
        return columns;
    }

    /// <summary>What a burst decided about its instance; nulls for a start whose first burst did not come with it.</summary>
    public static Dictionary<string, Value> Decided(IReadOnlyList<BurstCommit?> group)
    {
        var of = new Columns<BurstCommit?>(group);
        return new()
        {
            ["statuses"] = of.Small(burst => (int?)burst?.Status),
            ["names"] = of.Text(burst => burst?.Name),
            ["heads"] = of.Bytes(burst => burst?.Hash),
            ["incidents"] = of.Int(burst => burst?.Incidents),
            ["fault_codes"] = of.Text(burst => burst?.Fault?.Code),
            ["fault_messages"] = of.Text(burst => burst?.Fault?.Message),
            ["fault_activities"] = of.Text(burst => burst?.Fault?.ActivityId),
            ["fault_sigs"] = of.Big(burst => burst?.Fault?.Signature),
            ["wait_kinds"] = of.Small(burst => (int?)burst?.Waits?.Kind),
            ["wait_activities"] = of.Text(burst => burst?.Waits?.ActivityId),
            ["wait_sinces"] = of.Time(burst => burst?.Waits?.Since),
            ["wait_dues"] = of.Time(burst => burst?.Waits?.Due),
            ["ats"] = of.Time(burst => burst?.At),
            ["states"] = of.Bytes(burst => burst?.State),
            ["journals"] = of.Bytes(burst => burst?.Journal)
        };
    }

    public static Dictionary<string, Value> Bookmarks(IReadOnlyList<CommitRound.Written<NewBookmark>> rows)
    {
        var of = new Columns<CommitRound.Written<NewBookmark>>(rows);
        return new()
        {
            ["ids"] = of.Uuid(row => row.Row.Id),
            ["instances"] = of.Uuid(row => row.Burst.Claim.InstanceId),
            ["ordinals"] = of.Big(row => row.Row.Ordinal),
            ["activities"] = of.Text(row => row.Row.ActivityId),
            ["names"] = of.Text(row => row.Row.Bookmark.Name),
            ["kinds"] = of.Small(row => (int)row.Row.Bookmark.Kind),
            ["keys"] = of.Text(row => row.Row.Bookmark.Key),
            ["correlations"] = of.Text(row => row.Row.Bookmark.CorrelationId),
            ["subjects"] = of.Text(row => row.Burst.Claim.SubjectId),
            ["seqs"] = of.Big(row => row.Burst.Claim.Seq + 1),
            ["ats"] = of.Time(row => row.Burst.At),
            ["dues"] = of.Time(row => row.Row.Bookmark.Due),
            ["rules"] = of.Json(row => row.Row.Bookmark.Rule is { } rule ? Text(rule) : null)
        };
    }

    public static Dictionary<string, Value> Tasks(IReadOnlyList<CommitRound.Written<NewBookmark>> rows)
    {
        var of = new Columns<CommitRound.Written<NewBookmark>>(rows);
        return new()
        {
            ["ids"] = of.Uuid(row => row.Row.Id),
            ["instances"] = of.Uuid(row => row.Burst.Claim.InstanceId),
            ["activities"] = of.Text(row => row.Row.ActivityId),
            ["subject_ids"] = of.Text(row => row.Burst.Claim.SubjectId),
            ["business_keys"] = of.Text(row => row.Burst.Claim.BusinessKey),
            ["kinds"] = of.Text(row => Task(row).Kind),
            ["titles"] = of.Text(row => Task(row).Title),
            ["roles"] = of.Text(row => Task(row).Role),
            ["units"] = of.Text(row => Task(row).Unit),
            ["assignees"] = of.Text(row => Task(row).Assignee),
            ["excluded"] = of.Json(row => Text(Task(row).Excluded)),
            ["subjects"] = of.Text(row => Task(row).Subject),
            ["outcomes"] = of.Json(row => Text(Task(row).Outcomes)),
            ["forms"] = of.Json(row => Text(Task(row).Form)),
            ["data"] = of.Json(row => Value.Raw(Task(row).Data)),
            ["dues"] = of.Time(row => Task(row).Due),
            ["priorities"] = of.Small(row => Task(row).Priority),
            ["ats"] = of.Time(row => row.Burst.At)
        };
    }

    public static Dictionary<string, Value> Outbox(IReadOnlyList<CommitRound.Written<NewOutboxRow>> rows)
    {
        var of = new Columns<CommitRound.Written<NewOutboxRow>>(rows);
        return new()
        {
            ["ids"] = of.Uuid(row => row.Row.Id),
            ["instances"] = of.Uuid(row => row.Burst.Claim.InstanceId),
            ["subjects"] = of.Text(row => row.Burst.Claim.SubjectId),
            ["activities"] = of.Text(row => row.Row.ActivityId),
            ["kinds"] = of.Small(row => (int)row.Row.Message.Kind),
            ["classes"] = of.Small(row => (int)row.Row.Message.Class),
            ["targets"] = of.Text(row => row.Row.Message.Target),
            ["payloads"] = of.Json(row => Value.Raw(row.Row.Message.Payload) ?? "null"),
            ["replies"] = of.Uuid(row => row.Row.ReplyTo),
            ["passes"] = of.Bool(row => row.Row.Message.PassesHalt),
            ["urgent"] = of.Bool(row => row.Row.Message.Urgent),
            ["not_befores"] = of.Time(row => row.Row.Message.NotBefore),
            ["ats"] = of.Time(row => row.Burst.At)
        };
    }

    public static Dictionary<string, Value> Release(IReadOnlyList<BurstCommit> group)
    {
        var of = new Columns<BurstCommit>(group);
        return new()
        {
            ["ids"] = of.Uuid(burst => burst.Claim.InstanceId),
            ["wakes"] = of.Big(burst => burst.Claim.Wake),
            ["statuses"] = of.Small(burst => (int)burst.Status),
            ["keeps"] = of.Bool(burst => burst.KeepClaim),
            ["lease"] = Value.Of(Database.Lease)
        };
    }

    private static HumanTask Task(CommitRound.Written<NewBookmark> row) => row.Row.Bookmark.Task!;

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
