using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Audit;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Host;

/// <summary>Whoever alters, removes or cuts off what was written is found out, even by somebody who owns the database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class AuditCommandTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.PostgreSql)]
    public async Task What_was_altered_removed_or_cut_off_is_told(StorageKind kind)
    {
        await using var scene = await Scene.Open(kind);
        var (code, said) = await scene.Verify();
        Assert.True(code == 0, said);
        Assert.Contains("3 条 entries, 1 链 chains, 0 处断裂", said, StringComparison.Ordinal);
        Assert.DoesNotContain("流程日志 journal  0 条", said, StringComparison.Ordinal);

        await scene.Tamper("update audit_event set detail = '9999' where sequence = 2");
        (code, said) = await scene.Verify();
        Assert.Equal(1, code);
        Assert.Contains("case:test #2 被改动 altered", said, StringComparison.Ordinal);

        await scene.Tamper("delete from audit_event where sequence = 2");
        (_, said) = await scene.Verify();
        Assert.Contains("case:test #2 缺失 missing", said, StringComparison.Ordinal);

        await scene.Tamper("delete from journal where seq = (select max(seq) from journal)");
        (_, said) = await scene.Verify();
        Assert.Matches("[0-9a-f-]{36} #[0-9]+ 缺失 missing", said);
    }

    /// <summary>Chains that were made anew, or that lack their end, hold in themselves: the seal does not.</summary>
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.PostgreSql)]
    public async Task A_seal_that_was_written_down_shows_an_end_that_was_cut_off(StorageKind kind)
    {
        await using var scene = await Scene.Open(kind);
        var (_, before) = await scene.Verify("--until=2026-03-02T12:00:00+08:00");
        var seal = before.Split('\n').Single(line => line.StartsWith("封印", StringComparison.Ordinal)).Split(": ")[^1].Trim();

        await scene.Add("Later", TestHost.Monday.AddDays(3));
        var (code, said) = await scene.Verify("--until=2026-03-02T12:00:00+08:00", "--seal=" + seal);
        Assert.True(code == 0, said);

        await scene.Tamper("delete from audit_event where sequence >= 3");
        (code, said) = await scene.Verify("--until=2026-03-02T12:00:00+08:00", "--seal=" + seal);
        Assert.Equal(1, code);
        Assert.Contains("与所记封印不符", said, StringComparison.Ordinal);
        Assert.Contains("0 处断裂", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_that_is_none_is_refused()
    {
        await using var scene = await Scene.Open(StorageKind.Sqlite);
        Assert.Equal(2, (await scene.Verify("--until=tomorrow-ish")).Code);
    }

    private sealed class Scene(TestHost host, string[] settings, StorageKind kind) : IAsyncDisposable
    {
        public static async Task<Scene> Open(StorageKind kind)
        {
            var database = kind == StorageKind.PostgreSql ? await PostgresTemplate.Copy() : "";
            var host = kind == StorageKind.PostgreSql ? await TestHost.OnPostgres(database) : await TestHost.OnSqlite();
            var scene = new Scene(host, ["--Relief:Storage=" + kind, "--ConnectionStrings:Relief=" + (kind == StorageKind.PostgreSql ? database : "Data Source=" + host.DatabaseFile)], kind);
            await host.Publish(Sketches.Straight);
            await (await host.Client.PostAsync("/api/v1/pathways/straight/instances", Answers.Body("{}"))).Is(System.Net.HttpStatusCode.Accepted);
            await host.TimePasses("PT0S");
            foreach (var what in new[] { "Registered", "Approved", "Paid" })
                await scene.Add(what, TestHost.Monday);
            return scene;
        }

        public Task<bool> Add(string what, DateTimeOffset at) => host.Records.Change(async db =>
        {
            await db.Audit("case:test", new AuditDetail(what, new { yuan = 120.50m }), new Relief.Flow.Activities.Deed("S-1", at, what), default);
            return true;
        }, default);

        public async Task<(int Code, string Said)> Verify(params string[] more)
        {
            await using var said = new StringWriter();
            return (await AuditCommand.Run([.. settings, .. more], said, default), said.ToString());
        }

        /// <summary>As somebody would who owns the database.</summary>
        public Task<bool> Tamper(string sql) => host.Records.Change(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(kind == StorageKind.PostgreSql
                ? "alter table relief.audit_event disable trigger all"
                : "drop trigger if exists relief_audit_event_permanent_update; drop trigger if exists relief_audit_event_permanent_delete");
            await db.Database.ExecuteSqlRawAsync(kind == StorageKind.PostgreSql ? sql : sql.Replace("audit_event", "relief_audit_event", StringComparison.Ordinal));
            return true;
        }, default);

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
