using System.Globalization;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Audit;

/// <summary><c>-- audit verify</c>: proves the audit trail and the journals of an installation, running or not, with its own settings.</summary>
internal static class AuditCommand
{
    private const int Holds = 0;
    private const int IsBroken = 1;
    private const int Misused = 2;

    /// <summary>Walks every chain, tells each break, and prints the seals of this moment, or of <c>--until</c>; <c>--seal</c> compares with one written down earlier.</summary>
    /// <returns>The process's exit code: 0 when all holds, 1 when something is altered, missing or against the seal, 2 for a moment that cannot be read.</returns>
    public static async Task<int> Run(string[] args, TextWriter to, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var until = TimeProvider.System.GetUtcNow();
        if (builder.Configuration["until"] is { } asked && !DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out until))
        {
            await to.WriteLineAsync("--until 须为带时区的时刻 must be a moment with its zone, such as 2026-11-22T18:00:00+08:00");
            return Misused;
        }

        var options = HostParts.Read(builder);
        SQLitePCL.Batteries_V2.Init();
        await using var side = new ReadSide(options.Storage, options.ConnectionString);
        await using var records = new ReliefDatabase(options.Storage, options.ConnectionString).Reading();
        var audit = await records.VerifyAudit(until, cancellationToken);
        var journal = await new JournalCheck(side).Verify(until, cancellationToken);
        await to.WriteLineAsync(Told("审计记录 audit  ", audit));
        await to.WriteLineAsync(Told("流程日志 journal", journal));

        var seal = $"{audit.Seal}-{journal.Seal}";
        await to.WriteLineAsync($"封印 seal until {until.ToUniversalTime():O}: {seal}");
        if (builder.Configuration["seal"] is { } earlier && !string.Equals(earlier, seal, StringComparison.OrdinalIgnoreCase))
        {
            await to.WriteLineAsync("与所记封印不符：此前的记录被改动或截去 This is not the seal that was written down: something of before was altered or cut off.");
            return IsBroken;
        }

        return audit.Breaks + journal.Breaks == 0 ? Holds : IsBroken;
    }

    private static string Told(string what, ChainReport report) => string.Join(
        Environment.NewLine,
        report.Broken.Select(broken => string.Create(CultureInfo.InvariantCulture, $"  {broken.Chain} #{broken.Sequence} {(broken.How == "altered" ? "被改动 altered" : "缺失 missing")}"))
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{what}  {report.Entries} 条 entries, {report.Chains} 链 chains, {report.Breaks} 处断裂 broken")));
}
