using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The example county over REST: applications come in, people do their tasks, time passes, and a gateway outside gets the notices.</summary>
public sealed class ReliefDesk : IAsyncDisposable
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly TestHost host;
    private readonly OutsideWorld outside;

    /// <summary>Sits down at a host that runs, with the gateway that its notices go to.</summary>
    public ReliefDesk(TestHost host, OutsideWorld outside)
    {
        this.host = host;
        this.outside = outside;
        outside.Clock = () => host.Records.Now(CancellationToken.None);
    }

    /// <summary>The host that runs.</summary>
    public TestHost Host => host;

    /// <summary>The case that was applied for last.</summary>
    public string CaseId { get; private set; } = "";

    /// <summary>Its application.</summary>
    public string ApplicationId { get; private set; } = "";

    /// <summary>The player of the demo, on this host.</summary>
    internal ApiCaller Caller => new(host.Client);

    /// <summary>Calls without a key, as a device or a phone does.</summary>
    internal HttpClient Stranger => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    /// <summary>Calls as a page does, with an administrator's key, and follows no redirection.</summary>
    internal HttpClient Board
    {
        get
        {
            var client = Stranger;
            client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("ApiKey", TestHost.AdminKey);
            return client;
        }
    }

    /// <summary>Seals ID numbers on this host.</summary>
    internal PersonalDataKey Key => host.Records.Key;

    /// <summary>A desk in a county of its own, on a file.</summary>
    public static Task<ReliefDesk> OnSqlite() => On(StorageKind.Sqlite);

    /// <summary>A desk in a county of its own, on the tests' PostgreSQL.</summary>
    public static Task<ReliefDesk> OnPostgres() => On(StorageKind.PostgreSql);

    /// <summary>Sets a scene that no request can: what happened before the story begins.</summary>
    public async Task Set(Func<ReliefDbContext, Task> change) => await host.Records.Change(
        async db =>
        {
            await change(db);
            return true;
        }, CancellationToken.None);

    /// <summary>A moment of 2026 in China.</summary>
    public static DateTimeOffset On(int month, int day, int hour = 9, int minute = 0) => new(2026, month, day, hour, minute, 0, China);

    /// <summary>The last second of a day of 2026 in China: when a deadline of whole days is due.</summary>
    public static DateTimeOffset EndOf(int month, int day) => new(2026, month, day, 23, 59, 59, China);

    /// <summary>Business time goes to this moment in China; what became due has run.</summary>
    public Task Until(int month, int day, int hour) => Until(On(month, day, hour));

    /// <summary>Business time goes to this moment; what became due has run.</summary>
    public async Task Until(DateTimeOffset to) => await (await host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { to })).Is(HttpStatusCode.OK);

    /// <summary>Lets everything run that can.</summary>
    public Task Settles() => host.TimePasses("PT0S");

    /// <summary>What an address under <c>/api/v1</c> answers.</summary>
    public async Task<JsonElement> Get(string address) => await (await host.Client.GetAsync("/api/v1/" + address)).Is(HttpStatusCode.OK);

    /// <summary>What somebody of the staff gets from an address under <c>/api/v1</c>.</summary>
    public async Task<JsonElement> Sees(string by, string address)
    {
        using var client = host.With(TestHost.AdminKey, by);
        return await (await client.GetAsync("/api/v1/" + address)).Is(HttpStatusCode.OK);
    }

    /// <summary>The items that an address under <c>/api/v1</c> lists.</summary>
    public async Task<JsonElement[]> List(string address) => (await Get(address)).Items();

    /// <summary>Somebody tries to send something; null for an application that acts for nobody of the staff.</summary>
    public async Task<HttpResponseMessage> Posts(string? by, string address, object body)
    {
        using var client = host.With(TestHost.AdminKey, by);
        return await client.PostAsJsonAsync("/api/v1/" + address, body);
    }

    /// <summary>Somebody sends something, it is accepted, and what follows has run.</summary>
    public async Task<JsonElement> Sends(string? by, string address, object body)
    {
        var answer = await (await Posts(by, address, body)).Is(HttpStatusCode.Accepted);
        await Settles();
        return answer;
    }

    /// <summary>Somebody applies for things from the catalogue.</summary>
    public async Task<JsonElement> Applies(Applicant who, params string[] items)
    {
        var taken = await Sends(null, "intake/applications", new
        {
            countyCode = "999900", channel = "wanshitong", applicantName = who.Name, category = who.Category, itemCodes = items, wording = "需要照料和清洁",
            papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
            person = new { idNumber = who.IdNumber, name = who.Name, sex = who.Sex, birthDate = who.Birth, areaCode = who.Village },
            triage = new { aloneNow = who.IsUrgent, canMove = !who.IsUrgent, hasFoodAndMedicine = true, inDanger = false }
        });
        CaseId = taken.Text("caseId")!;
        ApplicationId = taken.Text("applicationId")!;
        return taken;
    }

    /// <summary>The open tasks of a kind, newest first.</summary>
    public Task<JsonElement[]> Tasks(string kind) => List("tasks?kind=" + kind);

    /// <summary>The one open task of a kind.</summary>
    public async Task<JsonElement> Task(string kind)
    {
        var open = await Tasks(kind);
        Assert.True(open.Length == 1, $"{open.Length} open tasks {kind}; open: {string.Join(", ", (await List("tasks?take=100")).Select(task => task.Text("kind")))}");
        return open[0];
    }

    /// <summary>When the one open task of a kind is due.</summary>
    public async Task<DateTimeOffset> Due(string kind) => (await Task(kind)).GetProperty("due").GetDateTimeOffset().ToOffset(China);

    /// <summary>The timers that the latest instance of a definition waits for, as <c>papers.due 03-30 23:59</c> in China.</summary>
    public async Task<IReadOnlyList<string>> Timers(string definitionId)
    {
        var latest = (await List("instances?definitionId=" + definitionId))[0].Text("id");
        return [.. (await Get("instances/" + latest)).GetProperty("bookmarks").EnumerateArray().Where(wait => wait.Text("kind") == "Timer")
            .Select(wait => string.Create(CultureInfo.InvariantCulture, $"{wait.Text("name")} {wait.GetProperty("due").GetDateTimeOffset().ToOffset(China):MM-dd HH:mm}"))];
    }

    /// <summary>Somebody tries to decide the one open task of a kind.</summary>
    public async Task<HttpResponseMessage> Tries(string by, string kind, string outcome, object? data = null) =>
        await Posts(by, $"tasks/{(await Task(kind)).Text("id")}/complete", new { outcome, data = data ?? new { } });

    /// <summary>Somebody decides the one open task of a kind, and what follows has run.</summary>
    public async Task Decides(string by, string kind, string outcome, object? data = null)
    {
        await (await Tries(by, kind, outcome, data)).Is(HttpStatusCode.OK);
        await Settles();
    }

    /// <summary>The three parties sign the one agreement that waits for them.</summary>
    public async Task Sign(string supplier)
    {
        foreach (var party in new[] { "Township", "Supplier", "Person" })
            await Decides(party == "Supplier" ? supplier : "clerk-1", "agreement." + party, "Signed");
    }

    /// <summary>Publishes an event.</summary>
    public async Task Event(string name, object payload)
    {
        await host.Client.PostAsJsonAsync("/api/v1/events", new { name, payload });
        await Settles();
    }

    /// <summary>The case as it stands.</summary>
    public Task<JsonElement> Case() => Get("cases/" + CaseId);

    /// <summary>The case's state.</summary>
    public async Task<string> Status() => (await Case()).GetProperty("case").Text("status")!;

    /// <summary>The states the case has gone through, as its timeline tells them.</summary>
    public async Task<string> States() => string.Join(' ', (await Case()).GetProperty("timeline").EnumerateArray()
        .Select(entry => entry.Text("what")!).Where(what => what is "CaseSubmitted" or "CaseAccepted" or "CaseRegistered" or "CaseSurveying" or "CaseInReview" or "CaseConfirmed"));

    /// <summary>From a complete application to a registered case with a team on its way, as on 16 to 18 March.</summary>
    public async Task TeamIsSent(string one, string other)
    {
        await Decides("clerk-1", "completeness", "Complete");
        await Until(3, 17, 9);
        await Decides("clerk-2", "classify", "Classified");
        await Until(3, 18, 9);
        await Decides("clerk-1", "survey-team", "Assigned", new { team = new[] { one, other }, mode = "Delegated", appointmentAt = On(3, 20, 15) });
    }

    /// <summary>Somebody of the second village applies for one thing and is confirmed for so much of it a month, all within an hour.</summary>
    public async Task IsConfirmed(Applicant who, string item, decimal quantity, string pathway = "M1")
    {
        var now = (await Get("clock")).GetProperty("now").GetDateTimeOffset();
        string[] team = ["village-worker-2", "surveyor-sun"];
        await Applies(who, item);
        await Decides("clerk-1", "completeness", "Complete");
        await Decides("clerk-2", "classify", "Classified");
        await Decides("clerk-1", "survey-team", "Assigned", new { team, mode = "Delegated", appointmentAt = now.AddMinutes(30) });
        await Until(now.AddHours(1));
        await Decides(team[0], "survey", "Submit", Signed(team[0], team[1], at: now.AddMinutes(30)));
        var needs = (await Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity, pathways = new[] { pathway } }).ToArray();
        await Decides("reviewer-li", "approval", "Approved", new { needs });
    }

    /// <summary>A filled survey form with two signatures, of 20 March unless said otherwise.</summary>
    public static object Signed(string one, string other, string device = "device-2", DateTimeOffset? at = null) => new
    {
        signatures = new[]
        {
            new { staffId = one, signedAt = at ?? On(3, 20, 15), device = "device-1" },
            new { staffId = other, signedAt = (at ?? On(3, 20, 15)).AddMinutes(2), device }
        },
        failedIndicators = new[] { "bathing", "walking" }, opinion = "Recommended", familySigner = "本人", photoCount = 2
    };

    /// <summary>To whom a notice went and when: <c>person:… 03-16 09:00</c> in China, in the order in which the gateway got it.</summary>
    public IReadOnlyList<string> Told(string template) =>
        [.. Notices(template).Select(notice => string.Create(CultureInfo.InvariantCulture, $"{notice.Json.Text("to")} {notice.At!.Value.ToOffset(China):MM-dd HH:mm}"))];

    /// <summary>The texts of a notice as the gateway got them.</summary>
    public IReadOnlyList<string> Texts(string template) => [.. Notices(template).Select(notice => notice.Json.Text("text")!.Trim())];

    /// <summary>Who must not be told of each notice to a person, in the order in which the gateway got it; null for nobody.</summary>
    public IReadOnlyList<string?> NotTold => [.. outside.RequestsTo("POST /notices").Where(notice => notice.Json.Text("to")!.StartsWith("person:", StringComparison.Ordinal))
        .Select(notice => notice.Json.TryGetProperty("notTold", out var none) ? string.Join(' ', none.EnumerateArray().Select(one => one.GetString())) : null)];

    /// <summary>Who did what to something, as <c>LineDisputed supplier-a 05-18</c>: from the records, because no request shows every chain.</summary>
    public async Task<IReadOnlyList<string>> Audit(string subject)
    {
        await using var db = host.Records.Reading();
        var chain = await db.Set<AuditEvent>().Where(entry => entry.Subject == subject).OrderBy(entry => entry.Sequence).ToListAsync();
        return [.. chain.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.What} {entry.DoneBy} {entry.DoneAt.ToOffset(China):MM-dd}"))];
    }

    /// <summary>No instance has failed, every message was delivered once, and K6 to K10 hold.</summary>
    public async Task IsSound()
    {
        Assert.Empty((await Get("invariants?grace=PT0S")).GetProperty("violations").EnumerateArray());
        Assert.Empty(await List("instances?status=Faulted"));
        Assert.Empty(await List("outbox?state=Dead"));
        var keys = outside.Requests.Select(request => request.Header("Idempotency-Key")).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await outside.DisposeAsync();
    }

    /// <summary>A desk in a county of its own, on either database.</summary>
    public static async Task<ReliefDesk> On(StorageKind kind)
    {
        var outside = await OutsideWorld.Open();
        return new ReliefDesk(await CountyTemplate.Open(kind, Gateway(outside)), outside);
    }

    /// <summary>The setting of a gateway that takes every notice.</summary>
    internal static string Gateway(OutsideWorld outside)
    {
        outside.Answers("POST /notices", OutsideAnswer.Ok);
        return $"Relief:Notifications:GatewayUrl={new Uri(outside.Address, "notices")}";
    }

    private IEnumerable<OutsideRequest> Notices(string template) => outside.RequestsTo("POST /notices").Where(notice => notice.Json.Text("template") == template);
}
