using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What a host asks of its database while nothing happens.</summary>
internal sealed class IdleFigures(Ground ground, string folder)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        var meter = new Meter(ground, database);
        await Pause.For(Settling, cancellationToken);
        await meter.Forget(cancellationToken);
        var before = await meter.Read(exactSyncs: false, cancellationToken);
        var cpu = host.Cpu;
        await Pause.For(Watched, cancellationToken);
        var after = await meter.Read(exactSyncs: false, cancellationToken);
        cpu = host.Cpu - cpu;
        var most = await meter.Dearest(cancellationToken);

        Console.WriteLine($"\nIdle over {Watched.TotalSeconds:0} s ({(meter.CountsStatements ? "statements" : "transactions")} counted by the server)");
        var table = new Table("figure", "reached", "target");
        table.Add("statements per second", ((after.Statements - before.Statements) / Watched.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture), "≤ 5");
        table.Add("CPU of the host, %", (100 * cpu / Watched).ToString("0.0", CultureInfo.InvariantCulture), "");
        table.Add("resident memory, MB", host.Memory.Now.ToString(CultureInfo.InvariantCulture), "");
        table.Print();
        most.ForEach(Console.WriteLine);
    }
}
