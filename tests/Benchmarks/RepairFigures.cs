using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What live work feels of a batch that tries ten thousand stopped instances again: the same load alone and beside it.</summary>
internal sealed class RepairFigures(Settings settings, Ground ground, string folder)
{
    private const int Stopped = 10_000;

    private const int Clients = 8;

    private readonly Table table = new("start → finished, 8 clients", "starts/s", "p50 ms", "p99 ms", "ratio of starts");

    private int number;

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await host.Publish(Shapes.Straight, cancellationToken);
        await host.Publish(Shapes.Failing, cancellationToken);
        await Load.Run(host.Client, (32, int.MaxValue), Failing, cancellationToken);
        await Pause.Until(async () => await Sql.Scalar<long>(database, "select count(*) from instance where incidents > 0", cancellationToken) == Stopped, TimeSpan.FromMilliseconds(50), cancellationToken);
        await host.Post("/api/v1/stuck/look", "{}", cancellationToken);
        await Load.Run(host.Client, (Clients, 12), Straight, cancellationToken);

        var alone = await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);
        await host.Post("/api/v1/repair-batches", $$"""{"action":"Retry","filter":{"definitionId":"{{Shapes.FailingId}}"},"reason":"benchmark"}""", cancellationToken);
        var beside = await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);
        var done = await Sql.Scalar<long>(database, "select count(*) from repair where state = 2", cancellationToken);

        Add("alone", alone, alone);
        Add("beside the batch", beside, alone);
        Console.WriteLine($"\nA batch of {Stopped:N0} retries beside live work on PostgreSQL; {done} of them were carried out in those {settings.Seconds} s");
        table.Print();
    }

    private Load.Request? Failing() => Interlocked.Increment(ref number) <= Stopped ? new Load.Request($"/api/v1/pathways/{Shapes.FailingId}/instances", """{"input":{}}""", null) : null;

    private static Load.Request Straight() => new($"/api/v1/pathways/{Shapes.StraightId}/instances", """{"input":{"amount":120}}""", null);

    private void Add(string name, Load.Result load, Load.Result alone) => table.Add(
        name, Text(load.Requests / (double)settings.Seconds, "0"), Text(load.Percentile(0.5), "0.0"), Text(load.Percentile(0.99), "0.0"), Text(load.Requests / (double)alone.Requests, "0.00"));

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
