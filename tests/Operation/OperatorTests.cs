using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>An operator at work over REST, on a host of their own with definitions that can be stuck.</summary>
public abstract class OperatorTests(StorageKind kind) : IAsyncLifetime
{
    private TestHost? host;

    protected TestHost Host => host ?? throw new InvalidOperationException("Not started.");

    /// <summary>What the host is set beside its presets.</summary>
    protected virtual string[] Settings => [];

    public virtual async Task InitializeAsync()
    {
        host = kind == StorageKind.Sqlite ? await TestHost.OnSqlite(Settings) : await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase(), Settings);
        foreach (var definition in (string[])[Stories.Fragile, Stories.Parent, Sketches.WaitAndLook, Sketches.ThreeDays])
            await host.Publish(definition);
    }

    public virtual async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>An instant as this database writes it.</summary>
    protected string Moment(DateTimeOffset instant) =>
        kind == StorageKind.Sqlite ? instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : $"'{instant.UtcDateTime:O}'";

    protected async Task<string> Start(string definition, string? correlation = null)
    {
        var started = await (await Host.Client.PostAsJsonAsync($"/api/v1/pathways/{definition}/instances", new { correlationId = correlation ?? Guid.NewGuid().ToString(), input = new { caseId = "c" } })).Is(HttpStatusCode.Accepted);
        await Host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }

    protected async Task<JsonElement[]> Found(string code)
    {
        await (await Host.Client.PostAsync("/api/v1/stuck/look", null)).Is(HttpStatusCode.OK);
        return (await (await Host.Client.GetAsync($"/api/v1/stuck?lang=en&code={code}")).Is(HttpStatusCode.OK)).Items();
    }

    protected async Task<JsonElement> Why(string id, string language = "en") =>
        await (await Host.Client.GetAsync($"/api/v1/instances/{id}/why?lang={language}")).Is(HttpStatusCode.OK);

    protected Task<HttpResponseMessage> Mend(object order) => Host.Client.PostAsJsonAsync("/api/v1/repairs", order);

    protected async Task Mended(object order)
    {
        Assert.Equal("Done", (await (await Mend(order)).Is(HttpStatusCode.Accepted)).Text("state"));
        await Host.TimePasses("PT0S");
    }

    protected async Task Agreed(object order)
    {
        Assert.Equal("Done", (await (await Agree(await (await Mend(order)).Is(HttpStatusCode.Accepted))).Is(HttpStatusCode.Accepted)).Text("state"));
        await Host.TimePasses("PT0S");
    }

    /// <summary>Posts as somebody for whom the application acts.</summary>
    protected async Task<HttpResponseMessage> Posts(string by, string path, object body)
    {
        using var client = Host.With(TestHost.AdminKey, by);
        return await client.PostAsJsonAsync("/api/v1/" + path, body);
    }

    protected async Task<HttpResponseMessage> Agree(JsonElement asked)
    {
        using var second = await Host.WithRoles("operator");
        return await second.PostAsJsonAsync($"/api/v1/repairs/{asked.Text("id")}/agree", new { });
    }

    protected async Task<JsonElement> Batch(JsonElement batch) =>
        (await (await Host.Client.GetAsync("/api/v1/repair-batches")).Json()).Items().Single(one => one.Text("id") == batch.Text("id"));

    protected async Task<JsonElement> Detail(string id) => await (await Host.Client.GetAsync($"/api/v1/instances/{id}")).Is(HttpStatusCode.OK);

    protected async Task<string?> Status(string id) => (await Detail(id)).GetProperty("summary").Text("status");

    protected async Task<string?> Step(string id) => (await Detail(id)).GetProperty("summary").GetProperty("waits").Text("activityId");

    protected async Task<string?> Run(string id) => (await Detail(id)).GetProperty("open").EnumerateArray().First(run => run.Text("state") == "Waiting").Text("ordinal");

    protected async Task<string?> OpenTask(string id) => (await (await Host.Client.GetAsync($"/api/v1/tasks?instanceId={id}")).Json()).Items()[0].Text("id");

    protected async Task<string> Journal(string id) => await Host.Client.GetStringAsync(new Uri($"/api/v1/instances/{id}/journal", UriKind.Relative));

    protected Task Sql(string text) => Host.Records.Change(db => db.Database.ExecuteSqlRawAsync(text), default);

    /// <summary>The first column of each row, as text.</summary>
    protected Task<List<string>> Rows(string text) => Host.Records.Change(async db =>
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = text;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }, default);
}
