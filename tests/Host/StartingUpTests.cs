using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Relief.Flow.Host.Relief;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Host;

/// <summary>The process as a whole: its files, its restart, its refusals.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StartingUpTests
{
    [Fact]
    public async Task What_was_begun_goes_on_after_a_restart()
    {
        await using var host = await TestHost.OnSqlite();
        await host.Publish(Sketches.ThreeDays);
        var started = await (await host.Client.PostAsync("/api/v1/pathways/three-days/instances", Answers.Body("{}"))).Is(HttpStatusCode.Accepted);
        await host.TimePasses("P1D");

        await host.Restart();
        await host.TimePasses("P2D");

        var found = await (await host.Client.GetAsync($"/api/v1/instances/{started.Text("instanceId")}")).Json();
        Assert.Equal("Finished", found.GetProperty("summary").Text("status"));
        Assert.Equal(TestHost.Monday.AddDays(3), found.GetProperty("summary").GetProperty("finishedAt").GetDateTimeOffset());
    }

    [Fact]
    public void Of_processes_that_start_for_the_first_time_together_one_makes_the_key_of_personal_data()
    {
        var folder = Directory.CreateTempSubdirectory("relief-flow-key-").FullName;
        try
        {
            Parallel.For(0, 32, _ => ReliefRecords.KeyOf(null, folder));
            Assert.Equal("personal-data.key", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(folder, "data")))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_definition_file_is_published_once_and_what_was_drawn_over_it_stays()
    {
        var folder = Directory.CreateTempSubdirectory("relief-flow-definitions-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "straight.json"), Sketches.Straight);
            await using var host = await TestHost.OnSqlite("Relief:DefinitionsPath=" + folder);
            await host.Publish(Sketches.Straight.Replace("直达", "直达二", StringComparison.Ordinal));

            await host.Restart();

            Assert.Contains("直达二", await host.Client.GetStringAsync("/api/v1/definitions/straight"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_clock_that_stands_still_is_refused_in_production() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.OnSqlite("environment=Production"));

    [Fact]
    public async Task The_clock_of_an_ordinary_system_cannot_be_moved()
    {
        await using var host = await TestHost.OnSqlite("Relief:Clock:Manual=false");
        await (await host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { by = "P1D" })).Refuses(HttpStatusCode.Conflict, "clock.notManual");
    }

    [Fact]
    public async Task A_script_without_end_becomes_an_incident_and_the_instance_can_be_ended()
    {
        await using var host = await TestHost.OnSqlite();
        await host.Publish(Sketches.Endless);
        var started = await (await host.Client.PostAsync("/api/v1/pathways/endless/instances", Answers.Body("{}"))).Is(HttpStatusCode.Accepted);
        var address = $"/api/v1/instances/{started.Text("instanceId")}";
        await host.TimePasses("PT0S");

        var incident = Assert.Single((await (await host.Client.GetAsync(address + "/incidents")).Is(HttpStatusCode.OK)).Items());
        Assert.Equal("set", incident.Text("activityId"));
        Assert.Equal("Faulted", (await (await host.Client.GetAsync(address)).Json()).GetProperty("summary").Text("status"));
        await (await host.Client.PostAsJsonAsync(address + "/cancel", new { })).Is(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task PostgreSQL_serves_the_same_and_says_503_while_it_is_away()
    {
        var server = await PostgresServer.Start();
        try
        {
            await using var host = await TestHost.OnPostgres(await server.NewDatabase());
            await host.Publish(Sketches.WaitAndLook);
            var started = await (await host.Client.PostAsync("/api/v1/pathways/wait-and-look/instances", Answers.Body("""{ "correlationId": "c", "input": { "caseId": "x" } }"""))).Is(HttpStatusCode.Accepted);
            await host.TimePasses("PT0S");

            await server.Stop(immediate: true);
            var away = await host.Client.GetAsync($"/api/v1/instances/{started.Text("instanceId")}");
            await away.Refuses(HttpStatusCode.ServiceUnavailable, "store.unavailable");
            Assert.NotNull(away.Headers.RetryAfter);

            await server.Restart(immediate: true);
            await (await host.Client.PostAsJsonAsync("/api/v1/events", new { name = "go", correlationId = "c" })).Is(HttpStatusCode.OK);
            await host.TimePasses("PT0S");
            var tasks = (await (await host.Client.GetAsync("/api/v1/tasks")).Is(HttpStatusCode.OK)).Items();
            Assert.Equal("look", Assert.Single(tasks).Text("kind"));
        }
        finally
        {
            await server.StopAsync();
        }
    }
}
