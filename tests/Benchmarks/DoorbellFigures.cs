using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>From a press at a household to the first ring at a neighbour's phone, while many alerts are open: signed presses over HTTP in, rings over HTTP out.</summary>
/// <remarks>
/// A press is sent when it is due, whatever became of those before it, and counts from then until the gateway has its first ring. Those that are open were pressed shortly before and
/// nobody takes them, so their next tiers are rung in the same minute. The first of them ring all tiers at once, because a process compiles what it does for the first time.
/// </remarks>
internal sealed class DoorbellFigures(Settings settings, Ground ground, string folder)
{
    private const int Open = 1_000;
    private const int OpenPerSecond = 20;
    private const int Quick = 40;
    private const int Seconds = 60;
    private const int Counties = 10;
    private const int Villages = 20;
    private const int MostMilliseconds = 1_000;

    private readonly Table table = new("from the press until", "presses/s", "p50 ms", "p95 ms", "p99 ms", "max ms");
    private readonly int households = Open + settings.Presses * Seconds;
    private readonly long[] pressed = new long[Open + settings.Presses * Seconds];
    private readonly long[] answered = new long[Open + settings.Presses * Seconds];

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var rings = await RingGateway.Open(households, cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken, ("Relief__Notifications__GatewayUrl", rings.Address));
        await Lay(database, cancellationToken);
        using var bells = await Bells(host, cancellationToken);

        await Press(bells, (0, Open, OpenPerSecond), cancellationToken);
        var open = await Sql.Scalar<long>(database, "select count(*) from relief.alert where resolved_at is null", cancellationToken);
        var meter = new Meter(ground, database);
        await meter.Forget(cancellationToken);
        var (before, cpu, load) = (rings.Count, host.Cpu, LoadAverage());
        var rate = await Press(bells, (Open, households - Open, settings.Presses), cancellationToken);
        await Pause.Until(() => Task.FromResult(Enumerable.Range(Open, households - Open).All(one => rings.First(one) != 0)), TimeSpan.FromMilliseconds(20), cancellationToken);
        var (after, used) = (rings.Count, host.Cpu - cpu);
        var counted = await meter.Read(exactSyncs: false, cancellationToken);
        if (settings.Where)
            (await meter.Dearest(cancellationToken)).ForEach(Console.WriteLine);

        Add("it is on disk and answered", rate, answered);
        Add("the first ring is at the gateway", rate, [.. Enumerable.Range(0, households).Select(rings.First)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nDoorbells on PostgreSQL: {settings.Presses} presses/s for {Seconds} s with {open:N0} alerts open; {after.Rings - before.Rings:N0} rings and {after.All - after.Rings - (before.All - before.Rings):N0} other notices sent meanwhile; "
            + $"host {used.TotalSeconds / Seconds:0.00} cores, {used.TotalMilliseconds / (households - Open):0.0} ms of processor time a press and {host.Memory.Most} MB at most; {counted.Statements / (households - Open):0} statements and {counted.DatabaseMilliseconds / (households - Open):0.0} ms in the database a press; load average {load} before, {LoadAverage()} after. Target: first ring p99 ≤ {MostMilliseconds} ms"));
        table.Print();
    }

    private void Add(string until, double rate, long[] reached)
    {
        double[] times = [.. Enumerable.Range(Open, households - Open).Select(one => TimeProvider.System.GetElapsedTime(pressed[one], reached[one]).TotalMilliseconds).Order()];
        string At(double share) => Text(times[(int)Math.Min(times.Length - 1, times.Length * share)], "0");
        table.Add(until, Text(rate, "0.0"), At(0.5), At(0.95), At(0.99), At(1));
    }

    // Each household has a device, two paired neighbours, one in the next tier and one in the third.
    private async Task Lay(string database, CancellationToken cancellationToken)
    {
        const string county = "to_char(n % 10, 'FM0')";
        await Sql.Run(database, $"insert into relief.area_unit (code, level, name) select n::text, 'County', '县' from generate_series(0, {Counties - 1}) as n", cancellationToken);
        await Sql.Run(database, $"insert into relief.area_unit (code, level, parent_code, name) select n || '1', 'Township', n::text, '镇' from generate_series(0, {Counties - 1}) as n", cancellationToken);
        await Sql.Run(
            database,
            $"insert into relief.area_unit (code, level, parent_code, name) select n || '1' || to_char(v, 'FM00'), 'Village', n || '1', '村' from generate_series(0, {Counties - 1}) as n, generate_series(0, {Villages - 1}) as v",
            cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.doorbell_device (id, county_code, created_at, created_by, serial, area_code, place, status, gateway_id, child_alone, language, profile)
            select 'device-' || n, {county}, now(), 'benchmark', 'D-' || n, {county} || '1' || to_char(n / 10 % {Villages}, 'FM00'), '一村' || n || '号', 'Installed', 'bells', false, 'zh', case when n < {Quick} then '{QuickLadder}' else '{Braces}' end
            from generate_series(0, {households - 1}) as n
            """, cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.responder_link (id, county_code, created_at, created_by, device_id, user_id, name, tier, ord, channels, availability, key_holder, vetted, guardian, active)
            select 'link-' || n || '-' || k, {county}, now(), 'benchmark', 'device-' || n, {RingGateway.Responder("n", "k")}, '某某某', greatest(1, k - 1), k, '["push","voice","sms"]', '[]', false, false, false, true
            from generate_series(0, {households - 1}) as n, generate_series(1, 4) as k
            """, cancellationToken);
        foreach (var filled in new[] { "area_unit", "doorbell_device", "responder_link" })
            await Sql.Run(database, "vacuum analyze relief." + filled, cancellationToken);
    }

    private const string Braces = "{}";
    private const string QuickLadder = """{"tier1":10,"tier2":20,"tier3":30}""";

    // The gateway of the devices: what signs, and the connections that it presses over.
    private static async Task<SignedBells> Bells(HostProcess host, CancellationToken cancellationToken)
    {
        var made = JsonElement.Parse(await host.Post("/api/v1/doorbells/gateways", """{"id":"bells","name":"bells"}""", cancellationToken));
        return new SignedBells(host.Client.BaseAddress!, Encoding.UTF8.GetBytes(made.GetProperty("secret").GetString()!));
    }

    // How many a second were really sent.
    private async Task<double> Press(SignedBells bells, (int First, int Count, int PerSecond) which, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        List<Task> sent = new(which.Count);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (sent.Count < which.Count)
        {
            var due = Math.Min(which.Count, (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * which.PerSecond) + 1);
            while (sent.Count < due)
                sent.Add(Press(bells, which.First + sent.Count, cancellationToken));
            await tick.WaitForNextTickAsync(cancellationToken);
        }

        var rate = (which.Count - 1) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(sent);
        return rate;
    }

    private async Task Press(SignedBells bells, int household, CancellationToken cancellationToken)
    {
        pressed[household] = TimeProvider.System.GetTimestamp();
        await bells.Press(household, cancellationToken);
        answered[household] = TimeProvider.System.GetTimestamp();
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed class SignedBells(Uri address, byte[] secret) : IDisposable
    {
        private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };

        public async Task Press(int household, CancellationToken cancellationToken)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new { deviceId = $"D-{household}", nonce = $"n-{household}", time = TimeProvider.System.GetUtcNow(), battery = 80, signal = -67 });
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alerts/doorbell") { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            request.Headers.Add("X-Doorbell-Gateway", "bells");
            request.Headers.Add("X-Doorbell-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, body)));
            using var answer = await client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!text.Contains("\"ACK\"", StringComparison.Ordinal))
                throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        }

        public void Dispose() => client.Dispose();
    }
}
