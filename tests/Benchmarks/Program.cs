using System.Runtime.InteropServices;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Measures the product on this machine and prints the figures as ratios to a floor of the same run.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var settings = Settings.Of(args);
        HostProcess.Program = settings.Program;
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var folder = Directory.CreateTempSubdirectory("relief-flow-bench-").FullName;
        var ground = await Ground.Prepare(stop.Token);
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, {Processor()}; {RuntimeInformation.FrameworkDescription}; PostgreSQL {ground.Version}; client, host and database share the machine");
            if (settings.Has("idle"))
                await new IdleFigures(ground, folder).Run(stop.Token);
            if (settings.Has("stuck"))
                await new StuckFigures(settings, ground, folder).Run(stop.Token);
            if (settings.Has("repairs"))
                await new RepairFigures(settings, ground, folder).Run(stop.Token);
            await Oversight(settings, ground, folder, stop.Token);
            if (settings.Has("designer"))
                await new DesignerFigures(ground, folder).Run(stop.Token);
            if (settings.Has("flow"))
                await new FlowFigures(settings, ground, folder).Run(stop.Token);
            if (settings.Part == "all" && !settings.OnSqlite)
                await new FlowFigures(settings with { OnSqlite = true }, ground, folder).Run(stop.Token);
            if (settings.Has("timers"))
                await new TimerFigures(settings, ground, folder).Run(stop.Token);
            Directory.Delete(folder, recursive: true);
            return 0;
        }
        finally
        {
            await ground.Remove(CancellationToken.None);
        }
    }

    private static async Task Oversight(Settings settings, Ground ground, string folder, CancellationToken cancellationToken)
    {
        if (settings.Has("match"))
            await new MatchFigures(settings, ground, folder).Run(cancellationToken);
        if (settings.Has("visits"))
            await new VisitFigures(settings, ground, folder).Run(cancellationToken);
        if (settings.Has("sheet"))
            await new SheetFigures(settings, ground, folder).Run(cancellationToken);
        if (settings.Has("doorbell"))
            await new DoorbellFigures(settings, ground, folder).Run(cancellationToken);
        if (settings.Has("settle"))
            await new SettleFigures(settings, ground, folder).Run(cancellationToken);
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
