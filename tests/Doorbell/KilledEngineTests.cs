using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>The engine's process is killed (-9) in the middle of an alert: no tier is skipped, and while it is away the fallback notifier rings.</summary>
public abstract class KilledEngineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 10, 13, 0, 0, TimeSpan.FromHours(8));
    private OutsideWorld gateway = null!;
    private HostProcess engine = null!;
    private string[] settings = null!;
    private string alertId = "";

    protected abstract Task<string[]> Store();

    [Fact]
    public async Task Killed_twenty_seconds_into_an_alert_no_tier_is_skipped()
    {
        await Pressed();
        await RefusesOnce();
        await At(20);
        await engine.Kill();
        await engine.StartAgain();
        foreach (var seconds in new[] { 95, 185, 305, 365, 400 })   // in steps, so that each fits into a request's patience on a busy machine
            await At(seconds);
        Assert.Equal(["0 1", "90 1", "90 2", "180 1", "180 2", "180 3", "300 1", "300 2", "300 3", "360 1", "360 2", "360 3"], await Rung("engine"));
    }

    [Fact]
    public async Task While_the_engine_is_dead_the_notifier_rings_tiers_1_and_3_and_the_engine_goes_on_where_it_was()
    {
        await Pressed();
        await At(20);
        await engine.Kill();
        var before = gateway.RequestsTo("POST /notices").Count;
        using (var notifier = Notifier())
        {
            await Patience.Until(() => gateway.RequestsTo("POST /notices").Skip(before).Any(notice => notice.Json.Text("to") == "person:3"), "The fallback notifier does not ring.");
            await Patience.Until(async () => await Kept() > 0, () => "The fallback notifier does not write down what it rang.");
            notifier.Kill();
        }

        var rung = gateway.RequestsTo("POST /notices").Skip(before).Where(notice => notice.Json.Text("template") == "doorbell.ring").Select(notice => notice.Json.Text("to")).Distinct();
        Assert.Equal(["person:1", "person:3"], rung.Order());
        await engine.StartAgain();
        await At(95);
        Assert.Equal(["0 1", "90 1", "90 2"], await Rung("engine"));
        Assert.Equal(["20 1", "20 3"], await Rung("notifier"));
    }

    public async Task InitializeAsync()
    {
        gateway = (await OutsideWorld.Open()).Answers("POST /notices", OutsideAnswer.Ok);
        settings =
        [
            .. await Store(), "Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32]),
            $"Relief:Notifications:GatewayUrl={new Uri(gateway.Address, "notices")}", "Relief:Clock:Manual=true", $"Relief:Clock:StartAt={Begin:O}", "Relief:Doorbell:Silence=00:00:03"
        ];
        engine = await HostProcess.Start(settings);
    }

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        await gateway.DisposeAsync();
    }

    private async Task Pressed()
    {
        await Post("doorbells", new { serial = "D-001", countyCode = "999900", areaCode = "99990101", place = "一村3组12号" });
        foreach (var tier in new[] { 1, 2, 3 })
            await Post("doorbells/D-001/responders", new { userId = $"person:{tier}", name = $"{tier}", tier, order = tier });
        alertId = (await Post("alerts", new { deviceId = "D-001" })).Text("alertId")!;
    }

    // Whoever is nobody's device is refused with a code, and the log says so in one line.
    private async Task RefusesOnce()
    {
        using var stranger = new HttpClient { BaseAddress = engine.Client.BaseAddress };
        using var signal = JsonContent.Create(new { deviceId = "D-404", nonce = "n-1", time = Begin });
        signal.Headers.Add("X-Doorbell-Signature", "sha256=00");
        await (await stranger.PostAsync("/api/v1/alerts/doorbell", signal)).Refuses(HttpStatusCode.NotFound, "doorbell.unknownDevice");
        string[] Lines() => [.. engine.Printed.Where(line => line.Contains("doorbell.unknownDevice", StringComparison.Ordinal))];
        await Patience.Until(() => Lines().Length > 0, "The refusal is not in the log.");
        Assert.Contains("D-404", Assert.Single(Lines()));
    }

    private Task<JsonElement> At(int seconds) => Post("clock/advance", new { to = Begin.AddSeconds(seconds) });

    private async Task<JsonElement> Post(string address, object body)
    {
        var answer = await engine.Client.PostAsJsonAsync("/api/v1/" + address, body);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Json();
    }

    private async Task<IEnumerable<string>> Rung(string by) =>
        (await (await engine.Client.GetAsync("/api/v1/alerts/" + alertId)).Is(HttpStatusCode.OK)).GetProperty("rings").EnumerateArray().Where(ring => ring.Text("sentBy") == by)
            .Select(ring => $"{(ring.GetProperty("sentAt").GetDateTimeOffset() - Begin).TotalSeconds} {ring.Text("name")}").Distinct();

    private Process Notifier() => Process.Start(Shell.Start(Path.GetTempPath(),
    [
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(Relief.Flow.Host.Program).Assembly.Location, "notifier", "--environment=Testing", "--Serilog:MinimumLevel:Default=Warning",
        .. settings.Select(setting => "--" + setting)
    ]))!;

    /// <summary>How many rings of the notifier are on disk, while the engine is dead.</summary>
    protected abstract Task<int> Kept();

    public sealed class OnSqlite : KilledEngineTests
    {
        private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("doorbell-killed-").FullName, "relief.db");

        protected override Task<string[]> Store() => Task.FromResult<string[]>(["Relief:Storage=Sqlite", $"ConnectionStrings:Relief=Data Source={path}"]);

        protected override async Task<int> Kept()
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from relief_alert_notification where sent_by = 'notifier'";
            return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : KilledEngineTests
    {
        private string database = "";

        protected override async Task<string[]> Store()
        {
            database = await (await PostgresServer.Shared).NewDatabase();
            return ["Relief:Storage=PostgreSql", $"ConnectionStrings:Relief={database}"];
        }

        protected override async Task<int> Kept()
        {
            await using var connection = new Npgsql.NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand("select count(*)::int from relief.alert_notification where sent_by = 'notifier'", connection);
            return (int)(await command.ExecuteScalarAsync())!;
        }
    }
}
