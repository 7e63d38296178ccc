using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Pathways;

/// <summary>How a story has left the town: every row of the records and what the engine holds, without the ids that chance has given.</summary>
internal static partial class TownEnd
{
    private static readonly string[] Engine =
    [
        "select definition_id, status, name, incidents, wait_kind, wait_activity, wait_due, finished_at from instance",
        "select kind, title, state, assignee, outcome, completed_by, due_at, completed_at from task",
        // What was delivered may have been swept away; the receiver's side of it is compared.
        "select kind, class, target, state, next_at, payload from outbox where state <> 2",
        "select activity_id, name, kind from bookmark",
        "select due_at from timer",
        "select subject_id, kind from halt"
    ];

    private static readonly string[] Apart = ["audit_event", "ledger_entry"];

    public static async Task<IReadOnlyList<string>> Of(Town town)
    {
        List<string> lines = [];
        foreach (var sql in Engine)
            lines.AddRange((await town.Table(sql)).Select(row => $"{sql[sql.IndexOf(" from ", StringComparison.Ordinal)..]}: {Line(row)}"));
        // Where one deed decides several needs, chance orders them by their ids: no order is compared in the trail.
        lines.AddRange((await town.Table($"select subject, what, done_by, done_at, detail from {Prefix(town)}audit_event"))
            .Select(row => $"audit: {Line(row[..4])} {Unordered(JsonElement.Parse(Plain(row[4])))}"));
        // So it does with the reservations that a year's close settles one after the other: the entries are compared without their number on the account.
        lines.AddRange((await town.Table($"select account_id, kind, amount, reference, reason, idem_key, created_by, created_at from {Prefix(town)}ledger_entry"))
            .Select(row => $"ledger: {Line(row)}"));
        foreach (var table in (await Records(town)).Where(table => !Apart.Any(name => table.EndsWith(name, StringComparison.Ordinal))))
            lines.AddRange((await town.Table($"select * from {table}")).Select(row => $"{table}: {Line(row)}"));
        lines.AddRange(await Runs(town));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Prefix(Town town) => town.Store.Kind == Workflows.StorageKind.Sqlite ? "relief_" : "relief.";

    private static Task<List<string>> Records(Town town) => town.Store.Kind == Workflows.StorageKind.Sqlite
        ? town.Rows("select name from sqlite_master where type = 'table' and name like 'relief_%' and name not like '%schema_version'")
        : town.Rows("select 'relief.' || table_name from information_schema.tables where table_schema = 'relief' and table_name not like '%schema_version'");

    // Bursts may have been cut elsewhere, so the journal's rows may be others; what ran, and with which outcome, may not.
    private static async Task<IEnumerable<string>> Runs(Town town)
    {
        List<string> runs = [];
        foreach (var row in await town.Table("select i.definition_id, j.events from journal j join instance i on i.id = j.instance_id"))
            runs.AddRange(JsonElement.Parse(Convert.FromBase64String(row[1])).EnumerateArray()
                .Where(note => note.GetProperty("e").GetString() is "Started" or "Completed")
                .Select(note => $"run: {row[0]} {note.GetProperty("e")} {(note.TryGetProperty("a", out var at) ? at : default)} {Plain(note.TryGetProperty("d", out var data) ? data.GetRawText() : "")}"));
        return runs;
    }

    private static string Unordered(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Unordered).Order(StringComparer.Ordinal)),
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Select(member => $"{member.Name} {Unordered(member.Value)}")),
        _ => value.GetRawText()
    };

    private static string Line(string[] row) => Plain(new StringBuilder().AppendJoin(" | ", row).ToString());

    /// <summary>A text without the ids in it.</summary>
    public static string Plain(string text) => Id().Replace(text, "#");

    [GeneratedRegex("[0-9a-f]{8,}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,}", RegexOptions.IgnoreCase)]
    private static partial Regex Id();
}
