using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What an operator waits for when one in a hundred of a million instances is stuck, and how long one whole look takes.</summary>
internal sealed class StuckFigures(Settings settings, Ground ground, string folder)
{
    private const int Rounds = 100;

    private readonly Table table = new("call", "p50 ms", "p95 ms", "floor ms", "ratio p95", "target p95 ms");

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        var crowd = new StuckCrowd(database);
        var floor = await Floor.Lay(ground, cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await host.Publish(Shapes.Asking, cancellationToken);
        await host.Post($"/api/v1/pathways/{Shapes.AskingId}/instances", """{"input":{}}""", cancellationToken);
        await Pause.Until(async () => await Sql.Scalar<long>(database, "select count(*) from task", cancellationToken) == 1, TimeSpan.FromMilliseconds(50), cancellationToken);
        await crowd.Grow(settings.Instances, cancellationToken);

        var looks = await Looks(host, cancellationToken);
        var found = await Sql.Scalar<long>(database, "select count(distinct instance_id) from finding", cancellationToken);
        var stuck = await crowd.Stuck(2 * Rounds, cancellationToken);
        // One row with its sync by one client: what anything that is asked of this server costs at least.
        var least = 1000 / await floor.Measure(1, settings.Seconds, cancellationToken);
        await Time(host, "overview", ("/console", least), "≤ 300", cancellationToken);
        await Time(host, "stuck, first page", ("/console/stuck", least), "≤ 200", cancellationToken);
        await Time(host, "stuck, one code", ("/console/stuck?code=K14", least), "≤ 200", cancellationToken);
        await Time(host, "deadlines at risk (REST)", ("/api/v1/stuck/risk?take=50", least), "≤ 200", cancellationToken);
        await Time(host, "why (REST)", (round => $"/api/v1/instances/{stuck[round]}/why?lang=zh", least), "≤ 100", cancellationToken);
        var dearest = settings.Where ? await new Meter(ground, database).Dearest(cancellationToken) : [];

        Console.WriteLine($"\nStuck work on PostgreSQL; {settings.Instances:N0} instances, {found:N0} of them found stuck; one client, {Rounds} of each after as many to warm up; floor by {floor.By}");
        Console.WriteLine($"One whole look: {string.Join(", ", looks.Select(look => look.ToString("0.0", CultureInfo.InvariantCulture)))} s (one after another); each rule on a large table walks for a second at most and goes on the next time");
        table.Print();
        dearest.ForEach(Console.WriteLine);
    }

    // Until a look finds no more than the one before, and one more: then all tables were walked.
    private static async Task<List<double>> Looks(HostProcess host, CancellationToken cancellationToken)
    {
        List<double> looks = [];
        for (var look = 0; look < 4; look++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await host.Post("/api/v1/stuck/look", "{}", cancellationToken);
            looks.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        }

        return looks;
    }

    private Task Time(HostProcess host, string name, (string Path, double Floor) call, string target, CancellationToken cancellationToken) =>
        Time(host, name, (_ => call.Path, call.Floor), target, cancellationToken);

    private async Task Time(HostProcess host, string name, (Func<int, string> Path, double Floor) call, string target, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            using var answer = await host.Client.GetAsync(new Uri(call.Path(round), UriKind.Relative), cancellationToken);
            await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
            if (round >= Rounds)
                times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        var (half, most) = (times[Rounds / 2], times[Rounds * 95 / 100]);
        table.Add(name, Text(half, "0.0"), Text(most, "0.0"), Text(call.Floor, "0.00"), Text(most / call.Floor, "0"), target);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
