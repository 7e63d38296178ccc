using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A start over very many pending timers, and how late 2,000 of them are when they fall due at one instant.</summary>
internal sealed class TimerFigures(Settings settings, Ground ground, string folder)
{
    private const int Due = 2000;

    // The first finds a program that has just been started and is compiled while it works.
    private const int Rounds = 3;

    private readonly Table _table = new("pending timers", "round", "ready s", "memory MB", "most MB", "claimed p50 s", "claimed p99 s", "done p50 s", "done p99 s");

    public async Task Run(CancellationToken cancellationToken)
    {
        var crowd = new TimerCrowd(await ground.NewDatabase(cancellationToken));
        await using (var host = await HostProcess.Start(folder, ("PostgreSql", crowd.Database), cancellationToken))
            await crowd.MakeTemplate(host, cancellationToken);

        foreach (var count in settings.Timers)
        {
            await crowd.GrowTo(count, cancellationToken);
            await using var host = await HostProcess.Start(folder, ("PostgreSql", crowd.Database), cancellationToken);
            var atReady = host.Memory;
            for (var round = 1; round <= Rounds; round++)
            {
                // A moment in which the start's own work is over.
                await Pause.For(TimeSpan.FromSeconds(3), cancellationToken);
                var late = await crowd.Fire(Due, round, cancellationToken);
                string Late(Func<TimerCrowd.Lateness, double> which, double share) => Text(late.Select(which).Order().ElementAt((int)((late.Count - 1) * share)), "0.00");
                _table.Add(
                    count.ToString("N0", CultureInfo.InvariantCulture), Text(round, "0"), Text(host.Ready.TotalSeconds, "0.00"), Text(atReady.Now, "0"), Text(host.Memory.Most, "0"),
                    Late(one => one.Claimed, 0.5), Late(one => one.Claimed, 0.99), Late(one => one.Done, 0.5), Late(one => one.Done, 0.99));
            }
        }

        Console.WriteLine($"\nTimers on PostgreSQL; {Due:N0} due at one instant. Targets: ready < 2 s, ≤ 300 MB, lateness p99 ≤ 1 s");
        Console.WriteLine("claimed: the burst had its timer's mail in hand; done: the commit of the finished instance (the server's commit time)");
        _table.Print();
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
