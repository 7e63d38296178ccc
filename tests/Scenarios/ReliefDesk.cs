using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The example county over REST: applications come in, people do their tasks, time passes.</summary>
public sealed class ReliefDesk(TestHost host) : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32])
    ];

    /// <summary>The case that is told of.</summary>
    public string CaseId { get; private set; } = "";

    /// <summary>Its application.</summary>
    public string ApplicationId { get; private set; } = "";

    public static async Task<ReliefDesk> OnSqlite() => new(await TestHost.OnSqlite(Settings));

    public static async Task<ReliefDesk> OnPostgres(string connectionString) => new(await TestHost.OnPostgres(connectionString, Settings));

    /// <summary>Business time goes to this moment in China; what became due has run.</summary>
    public async Task Until(int month, int day, int hour)
    {
        var to = new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));
        await (await host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { to })).Is(HttpStatusCode.OK);
    }

    /// <summary>Lets everything run that can.</summary>
    public Task Settles() => host.TimePasses("PT0S");

    /// <summary>Sends an application for a person of the example county.</summary>
    public async Task<JsonElement> Applies(string name, string idNumber, DateOnly birth, params string[] items)
    {
        var taken = await (await Post("/api/v1/intake/applications", new
        {
            countyCode = "999900", channel = "wanshitong", applicantName = name, category = "Dibao", itemCodes = items, wording = "需要照料和清洁",
            papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
            person = new { idNumber, name, sex = "M", birthDate = birth, areaCode = "99990101" }
        })).Is(HttpStatusCode.Accepted);
        CaseId = taken.Text("caseId")!;
        ApplicationId = taken.Text("applicationId")!;
        await Settles();
        return taken;
    }

    /// <summary>The one open task of this kind on the case.</summary>
    public async Task<JsonElement> Task(string kind)
    {
        var open = (await (await host.Client.GetAsync($"/api/v1/tasks?subject=case:{CaseId}&kind={kind}")).Is(HttpStatusCode.OK)).Items();
        return Assert.Single(open);
    }

    /// <summary>Somebody tries to decide the open task of this kind.</summary>
    public async Task<HttpResponseMessage> Tries(string by, string kind, string outcome, object? data = null)
    {
        var id = (await Task(kind)).Text("id");
        using var client = host.With(TestHost.AdminKey, by);
        return await client.PostAsJsonAsync($"/api/v1/tasks/{id}/complete", new { outcome, data = data ?? new { } });
    }

    /// <summary>Somebody decides the open task of this kind, and what follows has run.</summary>
    public async Task Decides(string by, string kind, string outcome, object? data = null)
    {
        await (await Tries(by, kind, outcome, data)).Is(HttpStatusCode.OK);
        await Settles();
    }

    /// <summary>Publishes an event.</summary>
    public async Task Event(string name, object payload)
    {
        await Post("/api/v1/events", new { name, payload });
        await Settles();
    }

    /// <summary>The case as it stands.</summary>
    public async Task<JsonElement> Case() => await (await host.Client.GetAsync("/api/v1/cases/" + CaseId)).Is(HttpStatusCode.OK);

    /// <summary>The case's state.</summary>
    public async Task<string> Status() => (await Case()).GetProperty("case").Text("status")!;

    /// <summary>The states the case has gone through, as its timeline tells them.</summary>
    public async Task<string> States() => string.Join(' ', (await Case()).GetProperty("timeline").EnumerateArray()
        .Select(entry => entry.Text("what")!).Where(what => what is "CaseSubmitted" or "CaseAccepted" or "CaseRegistered" or "CaseSurveying" or "CaseInReview" or "CaseConfirmed"));

    /// <summary>From a complete application to a registered case with a team on its way.</summary>
    public async Task TeamIsSent(string one, string other)
    {
        await Decides("clerk-1", "completeness", "Complete");
        await Until(3, 17, 9);
        await Decides("clerk-2", "classify", "Classified");
        await Until(3, 18, 9);
        await Decides("clerk-1", "survey-team", "Assigned", new { team = new[] { one, other }, mode = "Delegated", appointmentAt = "2026-03-20T15:00:00+08:00" });
    }

    /// <summary>A filled survey form with two signatures.</summary>
    public static object Signed(string one, string other, string device = "device-2") => new
    {
        signatures = new[]
        {
            new { staffId = one, signedAt = "2026-03-20T15:00:00+08:00", device = "device-1" },
            new { staffId = other, signedAt = "2026-03-20T15:02:00+08:00", device }
        },
        failedIndicators = new[] { "bathing", "walking" }, opinion = "Recommended", familySigner = "本人", photoCount = 2
    };

    public Task<HttpResponseMessage> Post(string address, object body) => host.Client.PostAsJsonAsync(address, body);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
