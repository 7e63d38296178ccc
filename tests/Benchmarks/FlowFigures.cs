using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Instances per second over HTTP against the floor taken around them in the same run.</summary>
/// <remarks>An instance counts when its rows say so: the time runs until no instance has work left.</remarks>
internal sealed class FlowFigures(Settings settings, Ground ground, string folder)
{
    private readonly Table _table = new(
        "case", "clients", "floor/s", "instances/s", "ratio", "p50 ms", "p99 ms", "statements", "db ms", "WAL syncs", "WAL KB", "host CPU ms");

    // Long enough for the runtime to have compiled what is hot with its final optimisations: a service runs for months.
    private const int Warming = 12;

    private readonly ConcurrentQueue<string> _waiting = new();
    private int _number;

    public async Task Run(CancellationToken cancellationToken)
    {
        var floor = await Floor.Lay(ground, cancellationToken);
        var database = settings.OnSqlite ? $"Data Source={Path.Combine(folder, "flow.db")}" : await ground.NewDatabase(cancellationToken);
        await using (var host = await HostProcess.Start(folder, (settings.OnSqlite ? "Sqlite" : "PostgreSql", database), cancellationToken))
        {
            await host.Publish(Shapes.Straight, cancellationToken);
            await host.Publish(Shapes.Waiting, cancellationToken);
            var stage = new Stage(host, database, settings.OnSqlite ? null : new Meter(ground, database));
            Console.WriteLine($"Warming up; the floor is taken by {floor.By}.");
            foreach (var kind in Enum.GetValues<Case>())
                await Measure(stage, kind, 32, 0, cancellationToken);

            foreach (var clients in settings.Clients)
            {
                var before = await floor.Measure(clients, settings.Seconds, cancellationToken);
                Figure[] figures = [.. await InTurn(stage, clients, cancellationToken)];
                var after = await floor.Measure(clients, settings.Seconds, cancellationToken);
                foreach (var figure in figures)
                    Add(figure, clients, (before + after) / 2);
            }
        }

        Console.WriteLine($"\nFlow on {(settings.OnSqlite ? "SQLite" : "PostgreSQL")}; what follows the latency is per instance");
        _table.Print();
    }

    private async Task<List<Figure>> InTurn(Stage stage, int clients, CancellationToken cancellationToken)
    {
        List<Figure> figures = [];
        foreach (var kind in Enum.GetValues<Case>())
            figures.Add(await Measure(stage, kind, clients, settings.Seconds, cancellationToken));
        return figures;
    }

    private async Task<Figure> Measure(Stage stage, Case kind, int clients, int seconds, CancellationToken cancellationToken)
    {
        var exact = clients == settings.Clients[^1] && seconds > 0;
        if (stage.Meter is { } fresh && seconds > 0)
            await fresh.Forget(cancellationToken);
        var before = stage.Meter is { } meter ? await meter.Read(exact, cancellationToken) : null;
        var cpu = stage.Host.Cpu;
        var began = TimeProvider.System.GetTimestamp();
        var load = await Load.Run(stage.Host.Client, (clients, seconds == 0 ? Warming : seconds), () => Next(kind), cancellationToken);
        await Pause.Until(() => IsDone(stage, cancellationToken), TimeSpan.FromMilliseconds(5), cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        cpu = stage.Host.Cpu - cpu;
        var after = stage.Meter is { } again ? await again.Read(exact, cancellationToken) : null;
        if (settings.Where && seconds > 0 && stage.Meter is { } where)
            (await where.Dearest(cancellationToken)).ForEach(Console.WriteLine);

        Console.WriteLine($"{kind} at {clients}: {load.Requests} in {elapsed:0.00} s");
        return new Figure(kind, load, elapsed, cpu, Minus(after, before));
    }

    private Load.Request? Next(Case kind)
    {
        var number = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var key = settings.Keys ? $"key-{number}" : null;
        switch (kind)
        {
            case Case.StartToFinished:
                return new Load.Request($"/api/v1/pathways/{Shapes.StraightId}/instances", $$$"""{"businessKey":"B-{{{number}}}","input":{"amount":120}}""", key);
            case Case.StartToSuspended:
                _waiting.Enqueue(number);
                return new Load.Request($"/api/v1/pathways/{Shapes.WaitingId}/instances", $$$"""{"correlationId":"C-{{{number}}}","input":{}}""", key);
            default:
                return _waiting.TryDequeue(out var waiting)
                    ? new Load.Request("/api/v1/events", $$$"""{"name":"bench.go","correlationId":"C-{{{waiting}}}","payload":{"answer":42}}""", key)
                    : null;
        }
    }

    private static async Task<bool> IsDone(Stage stage, CancellationToken cancellationToken)
    {
        DbConnection connection = stage.Meter is null
            ? new SqliteConnection(stage.Database)
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stage.Database) { SearchPath = "flow", MaxPoolSize = 4 }.ConnectionString);
        await using (connection)
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = Sql.Mark + "select count(*) from work";
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0;
        }
    }

    private void Add(Figure figure, int clients, double floor)
    {
        var rate = figure.Load.Requests / figure.Seconds;
        string Each(double? total, double unit = 1) => total is { } value ? Text(value / unit / figure.Load.Requests, "0.00") : "-";
        _table.Add(
            Name(figure.Kind), Text(clients, "0"), Text(floor, "0"), Text(rate, "0"), Text(rate / floor, "0.000"),
            Text(figure.Load.Percentile(0.5), "0.0"), Text(figure.Load.Percentile(0.99), "0.0"),
            Each(figure.Counted?.Statements), Each(figure.Counted?.DatabaseMilliseconds), Each(figure.Counted?.WalSyncs),
            Each(figure.Counted?.WalBytes, 1024), Each(figure.Cpu.TotalMilliseconds));
    }

    private static string Name(Case kind) => kind switch
    {
        Case.StartToFinished => "start → finished (5 activities)",
        Case.StartToSuspended => "start → suspended (event)",
        _ => "event → finished"
    };

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static Meter.Reading? Minus(Meter.Reading? after, Meter.Reading? before) => after is null || before is null ? null : new(
        after.Statements - before.Statements, after.DatabaseMilliseconds - before.DatabaseMilliseconds,
        after.WalBytes - before.WalBytes, after.WalSyncs - before.WalSyncs);

    private enum Case
    {
        StartToFinished,
        StartToSuspended,
        EventToFinished
    }

    private sealed record Stage(HostProcess Host, string Database, Meter? Meter);

    private sealed record Figure(Case Kind, Load.Result Load, double Seconds, TimeSpan Cpu, Meter.Reading? Counted);
}
