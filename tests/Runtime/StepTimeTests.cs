using System.Diagnostics;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;
using Relief.Flow.Workflows.Storage.Steps;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What past runs of steps took is counted from the journal, each run once, wherever the process dies.</summary>
public abstract class StepTimeTests
{
    private const int Runs = 24;

    /// <summary>How to open the store again and again on a database of its own, and how to read it.</summary>
    protected abstract Task<(Func<IFlowStore> Open, ReadSide Side)> Database();

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_run_of_a_step_counts_once(bool? dieAfterTheWrite)
    {
        var (open, side) = await Database();
        await using var reading = side;
        var plan = new CrashPlan { Calls = [] };
        await using var engine = await Engine.Open(open, plan);
        await engine.Publish(Drawn.FlowchartJson("d:Delay x:Delay", "d>x", envelope =>
        {
            Drawn.Find(envelope, "d")["timeSpan"] = Drawn.Literal("02:00:00");
            Drawn.Find(envelope, "x")["timeSpan"] = Drawn.Literal("3.00:00:00");
        }, "waits"));
        for (var run = 0; run < Runs; run++)
            await engine.Start("waits");
        await engine.TimePasses(TimeSpan.FromHours(2));

        if (dieAfterTheWrite is { } afterIt)
            plan.Arm("Change", afterIt);
        var first = await Counted(engine, side, Runs);
        Assert.Equal(dieAfterTheWrite is null ? 0 : 1, plan.Deaths);
        Assert.Equal(Runs, first["d"].Waits.Count);
        Assert.InRange(first["d"].P95!.Value, TimeSpan.FromHours(2), TimeSpan.FromHours(2 * 1.19));
        Assert.Equal(["Done"], first["d"].UsualOutcomes);
        Assert.DoesNotContain("x", first.Keys);

        await engine.TimePasses(TimeSpan.FromDays(4));
        var second = await Counted(engine, side, 2 * Runs);
        Assert.Equal((Runs, Runs), (second["d"].Waits.Count, second["x"].Waits.Count));
        Assert.Equal(0, await engine.Survive(() => new StepFold(engine.Store, side, TimeProvider.System).Fold(CancellationToken.None)));
    }

    // Another test on the same server may have a transaction open: then the newest bursts are counted a moment later.
    private static async Task<IReadOnlyDictionary<string, StepTime>> Counted(Engine engine, ReadSide side, int runs)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            await engine.Survive(() => new StepFold(engine.Store, side, TimeProvider.System).Fold(CancellationToken.None));
            var times = await new StepTimeQueries(side).Of("waits", CancellationToken.None);
            if (times.Values.Sum(time => time.Waits.Count) >= runs || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(20))
                return times;
        }
    }

    [Fact]
    public void A_quantile_is_never_too_low_and_little_too_high()
    {
        var times = Enumerable.Range(1, 1000).Aggregate(StepHistogram.Empty, (sum, minutes) => sum.Add(TimeSpan.FromMinutes(minutes)));
        Assert.InRange(times.Quantile(0.95)!.Value.TotalMinutes, 950, 950 * 1.19);
        Assert.InRange(times.Quantile(0.5)!.Value.TotalMinutes, 500, 500 * 1.19);
        Assert.Equal(times.ToString(), StepHistogram.Parse(times.ToString()).ToString());
        Assert.Null(StepHistogram.Empty.Quantile(0.5));

        // What was long ago fades: after twice as many quick ones the slow ones are no longer the half.
        for (var run = 0; run < 2 * StepHistogram.Most; run++)
            times = times.Add(TimeSpan.FromSeconds(1));
        Assert.InRange(times.Count, StepHistogram.Most / 2, StepHistogram.Most);
        Assert.Equal(TimeSpan.FromSeconds(1), times.Quantile(0.95));
    }

    public sealed class OnSqlite : StepTimeTests
    {
        protected override Task<(Func<IFlowStore> Open, ReadSide Side)> Database()
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, "flow.db");
            return Task.FromResult<(Func<IFlowStore>, ReadSide)>((
                () => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System), new ReadSide(StorageKind.Sqlite, $"Data Source={path}")));
        }
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : StepTimeTests
    {
        protected override async Task<(Func<IFlowStore> Open, ReadSide Side)> Database()
        {
            var database = await PostgresTemplate.Copy();
            return (() => new PostgresStore(database), new ReadSide(StorageKind.PostgreSql, database));
        }
    }
}
