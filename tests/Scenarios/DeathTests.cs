using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>E02 over REST: a reported death stops nothing for good until a person has confirmed it; then everything of that person stops by itself.</summary>
[Trait("Proves", "E02")]
[Trait("Proves", "INV-19")]
public abstract class DeathTests : IAsyncLifetime
{
    private const string Zhang = "person:person-zhang";
    private OutsideWorld _gateway = null!;
    private TestHost _host = null!;
    private ReliefDesk _desk = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_confirmed_death_stops_a_committed_notice_and_the_timers_of_that_person()
    {
        await Applied();
        Assert.Contains(await Tried(), audience => audience is "A" or "P");   // committed and tried, to be tried again in a minute
        var death = await Verified("PersonDied");

        _gateway.Answers("POST /notices", OutsideAnswer.Ok);
        var before = _gateway.Requests.Count;
        await _host.TimePasses("P60D");
        var told = _gateway.Requests.Skip(before).Select(request => request.Json.GetProperty("template").GetString()).ToList();
        Assert.Contains("death.confirmed", told);
        Assert.All(told, template => Assert.StartsWith("death.", template));

        var halt = Assert.Single((await (await _host.Client.GetAsync("/api/v1/halts?subjectId=" + Zhang)).Json()).Items());
        Assert.Equal(("PersonDied", death), (halt.Text("kind"), halt.Text("handler")));
        var instances = (await (await _host.Client.GetAsync("/api/v1/instances?subjectId=" + Zhang)).Json()).Items();
        Assert.Equal("Finished", instances.Single(one => one.Text("id") == death).Text("status"));
        Assert.All(instances.Where(one => one.Text("id") != death), one => Assert.Equal("Cancelled", one.Text("status")));
        var found = (await _desk.Case()).GetProperty("case");
        Assert.Equal(("Closed", "PersonDied"), (found.Text("status"), found.Text("closedReason")));
        await (await _desk.Posts(null, "pathways/procedure.death/instances", Death)).Refuses(HttpStatusCode.Conflict, "subject.halted");
        await NothingIsBroken();
    }

    [Fact]
    public async Task A_death_that_is_not_true_stops_nothing()
    {
        await Applied();
        await Verified("DeathRetracted");
        _gateway.Answers("POST /notices", OutsideAnswer.Ok);
        var before = _gateway.Requests.Count;
        await _host.TimePasses("P3D");

        var told = _gateway.Requests.Skip(before).Select(request => request.Json.GetProperty("template").GetString()).ToList();
        Assert.Contains("task.overdue", told);
        Assert.Contains(await Tried(before), audience => audience is "A" or "P");
        Assert.Empty((await (await _host.Client.GetAsync("/api/v1/halts")).Json()).Items());
        Assert.Equal("Submitted", await _desk.Status());
        await NothingIsBroken();
    }

    public async Task InitializeAsync()
    {
        _gateway = await OutsideWorld.Open();
        _host = await CountyTemplate.Open(Kind, ReliefDesk.Gateway(_gateway));
        _desk = new ReliefDesk(_host, _gateway);
        _gateway.Answers("POST /notices", OutsideAnswer.Unavailable);
        await _desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    private object Death => new { subjectId = Zhang, input = new { personId = "person-zhang", caseId = _desk.CaseId, diedOn = "2026-03-15", source = "family" } };

    private async Task Applied() => await _desk.Applies(Applicant.Zhang, "home-care");

    private async Task<string> Verified(string outcome)
    {
        var started = await (await _desk.Posts(null, "pathways/procedure.death/instances", Death)).Is(HttpStatusCode.Accepted);
        await _desk.Settles();
        var task = Assert.Single((await (await _host.Client.GetAsync("/api/v1/tasks?kind=death")).Json()).Items()).Text("id");
        using var clerk = _host.With(TestHost.AdminKey, "clerk-1");
        await (await clerk.PostAsJsonAsync($"/api/v1/tasks/{task}/complete", new { outcome, data = new { evidence = "村委核实" } })).Is(HttpStatusCode.OK);
        await _desk.Settles();
        return started.Text("instanceId")!;
    }

    private async Task<IReadOnlyList<string?>> Tried(int since = 0)
    {
        await _desk.Settles();
        return [.. _gateway.Requests.Skip(since).Select(request => request.Json.GetProperty("audience").GetString())];
    }

    private async Task NothingIsBroken() =>
        Assert.Empty((await (await _host.Client.GetAsync("/api/v1/invariants?grace=PT0S")).Is(HttpStatusCode.OK)).GetProperty("violations").EnumerateArray());

    public sealed class OnSqlite : DeathTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DeathTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
