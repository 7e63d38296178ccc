using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Tests.Host;

/// <summary>The real process on a loopback port, with its own database and a clock that stands still.</summary>
/// <remarks>Business time begins on Monday 2 March 2026, 09:00 in Shanghai, unless said otherwise.</remarks>
public sealed class TestHost : IAsyncDisposable
{
    public const string AdminKey = "rf_test-administrator-of-this-run";
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly string[] _settings;
    private readonly string _folder;
    private WebApplication _app;

    private TestHost(WebApplication app, string folder, string[] settings)
    {
        _app = app;
        _folder = folder;
        _settings = settings;
        Client = With(AdminKey);
    }

    /// <summary>Calls with an administrator's key.</summary>
    public HttpClient Client { get; private set; }

    /// <summary>The relief records, to set a scene that no request can.</summary>
    internal ReliefRecords Records => _app.Services.GetRequiredService<ReliefRecords>();

    /// <summary>A part of the running process, for what no request can ask.</summary>
    internal T Part<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Its SQLite file.</summary>
    public string DatabaseFile => Path.Combine(_folder, "relief.db");

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts on a SQLite file of its own.</summary>
    /// <param name="settings">Further settings, such as <c>Relief:MaxRequestBytes=2048</c>.</param>
    public static Task<TestHost> OnSqlite(params string[] settings)
    {
        var folder = Scratch.Folder("relief-flow-host-");
        return Start(folder, ["Relief:Storage=Sqlite", $"ConnectionStrings:Relief=Data Source={Path.Combine(folder, "relief.db")}", .. settings]);
    }

    /// <summary>Starts on a copy of a SQLite file that a host has made.</summary>
    public static Task<TestHost> OnCopy(string file, params string[] settings)
    {
        var folder = Scratch.Folder("relief-flow-host-");
        var own = Path.Combine(folder, "relief.db");
        File.Copy(file, own);
        return Start(folder, ["Relief:Storage=Sqlite", $"ConnectionStrings:Relief=Data Source={own}", .. settings]);
    }

    /// <summary>Copies its SQLite file as it stands, for other hosts to start on; where the copy lies.</summary>
    public async Task<string> Copy()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("relief-flow-template-").FullName, "relief.db");
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var copy = connection.CreateCommand();
        copy.CommandText = $"vacuum into '{path}'";
        await copy.ExecuteNonQueryAsync();
        return path;
    }

    /// <summary>Starts on a PostgreSQL database, which the caller made.</summary>
    public static Task<TestHost> OnPostgres(string connectionString, params string[] settings) =>
        Start(Scratch.Folder("relief-flow-host-"),
            ["Relief:Storage=PostgreSql", $"ConnectionStrings:Relief={connectionString}", .. settings]);

    /// <summary>Ends the process in good order and starts it again on the same database, at another address.</summary>
    /// <param name="settings">What is different from now on.</param>
    public async Task Restart(params string[] settings)
    {
        await Stop();
        _app = await Run([.. _settings, .. settings]);
        Client = With(AdminKey);
    }

    /// <summary>Calls with another key; null for none.</summary>
    public HttpClient With(string? key, string? actingUser = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", key);
        if (actingUser is not null)
            client.DefaultRequestHeaders.Add("X-Acting-User", actingUser);
        return client;
    }

    /// <summary>Makes a key with these roles and calls with it.</summary>
    public Task<HttpClient> WithRoles(params string[] roles) => WithUnits([], roles);

    /// <summary>Makes a key with these roles for these areas and organisations, and calls with it.</summary>
    public async Task<HttpClient> WithUnits(string[] units, params string[] roles)
    {
        var made = await Client.PostAsJsonAsync("/api/v1/keys", new { name = $"{string.Join('+', roles)}-{Guid.NewGuid():N}", roles, units });
        return With((await made.Json()).GetProperty("secret").GetString());
    }

    /// <summary>Imports and publishes a definition.</summary>
    public async Task Publish(string definition) =>
        (await Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(definition))).EnsureSuccessStatusCode();

    /// <summary>Lets time pass until everything that became due has run; <c>PT0S</c> only waits for what runs.</summary>
    public async Task<JsonElement> TimePasses(string by) =>
        await (await Client.PostAsJsonAsync("/api/v1/clock/advance", new { by })).Json();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TestHost> Start(string folder, string[] settings)
    {
        // Later settings win, so that a test may say otherwise.
        string[] all =
        [
            "environment=Testing", "urls=http://127.0.0.1:0", $"Relief:BootstrapApiKey={AdminKey}", "Relief:Clock:Manual=true", $"Relief:Clock:StartAt={Monday:O}",
            "Relief:DefinitionsPath=" + Path.Combine(folder, "definitions"), "Serilog:MinimumLevel:Default=Error", .. settings
        ];
        return new TestHost(await Run(all), folder, all);
    }

    private static async Task<WebApplication> Run(string[] settings)
    {
        var app = Relief.Flow.Host.Program.Build([.. settings.Select(setting => "--" + setting)]);
        await app.StartAsync();
        return app;
    }

    private async Task Stop()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
