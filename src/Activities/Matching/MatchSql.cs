using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Matching;

/// <summary>The set-based statements of a match, in either dialect: partners' rows are never read into memory again.</summary>
internal static class MatchSql
{
    private const string PostgresRows = "json_to_recordset({3}::json) as r(hash text, line int, pseudonym text, event_on date, area_code text, reference text)";

    private const string SqliteRows = """
        (select json_extract(value, '$.hash') as hash, json_extract(value, '$.line') as line, json_extract(value, '$.pseudonym') as pseudonym,
          json_extract(value, '$.event_on') as event_on, json_extract(value, '$.area_code') as area_code, json_extract(value, '$.reference') as reference from json_each({3})) as r
        """;

    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly string Match = Text("match.sql");
    private static readonly string Keep = Text("keep-rows.sql");

    /// <summary>Keeps rows of a file; those that are there stay.</summary>
    public static Task Rows(ReliefDbContext context, (string Run, string DataSet, string File) of, IReadOnlyCollection<PartnerRow> rows, CancellationToken cancellationToken) =>
        Run(context, Keep.Replace("/*rows*/", context.Database.IsSqlite() ? SqliteRows : PostgresRows, StringComparison.Ordinal),
            [of.Run, of.DataSet, of.File, JsonSerializer.Serialize(rows, Columns)], cancellationToken);

    /// <summary>Compares a run and writes its hits; how many.</summary>
    public static Task<int> Hits(ReliefDbContext context, MatchRun run, (DateTimeOffset Now, DateTimeOffset Since, DateOnly Today) at, CancellationToken cancellationToken) =>
        Run(context, Match, [run.Id, run.CountyCode, run.RuleVersion, Moment(context, at.Now), Moment(context, at.Since), at.Today], cancellationToken);

    /// <summary>How many rows a file has brought.</summary>
    public static async Task<int> Brought(ReliefDbContext context, string runId, string fileId, CancellationToken cancellationToken) =>
        (await context.Database.SqlQueryRaw<int>(
            Dialect(context, "select cast(count(*) as int) as \"Value\" from relief.match_row where run_id = {0} and file_id = {1}"), runId, fileId).ToListAsync(cancellationToken))[0];

    /// <summary>Deletes the rows of a run; how many.</summary>
    public static Task<int> Erase(ReliefDbContext context, string runId, CancellationToken cancellationToken) =>
        Run(context, "delete from relief.match_row where run_id = {0}", [runId], cancellationToken);

    private static Task<int> Run(ReliefDbContext context, string sql, object[] values, CancellationToken cancellationToken)
    {
        // A million rows take longer than the usual limit of a statement.
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        return context.Database.ExecuteSqlRawAsync(Dialect(context, sql), values, cancellationToken);
    }

    private static object Moment(ReliefDbContext context, DateTimeOffset at) => context.Database.IsSqlite() ? at.ToUnixTimeMilliseconds() : at.ToUniversalTime();

    private static string Dialect(ReliefDbContext context, string sql) => context.Database.IsSqlite() ? sql.Replace("relief.", "relief_", StringComparison.Ordinal) : sql;

    private static string Text(string name)
    {
        using var file = typeof(MatchSql).Assembly.GetManifestResourceStream($"Relief.Flow.Activities.Matching.{name}")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
