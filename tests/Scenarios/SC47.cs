using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-47 over REST: an application outside hands something in, follows it, and trusts what comes back.</summary>
public abstract class SC47(StorageKind kind)
{
    private const string Secret = "shared-with-the-gateway-only";

    [Fact]
    public async Task Without_consent_nothing_is_taken_in_and_with_it_a_case_can_be_followed_by_who_started_it()
    {
        await using var world = await World();
        using var app = await world.Host.WithRoles("app");
        foreach (var consent in (string?[])[null, ""])
        {
            var problem = await (await app.PostAsJsonAsync("/api/v1/intake/applications", Application(consent))).Refuses(HttpStatusCode.UnprocessableEntity, "intake.consentMissing");
            Assert.True(problem.GetProperty("errors").TryGetProperty("consentVersion", out _));
        }

        Assert.Empty((await (await app.GetAsync("/api/v1/instances")).Is(HttpStatusCode.OK)).Items());
        var taken = await (await app.PostAsJsonAsync("/api/v1/intake/applications", Application("2026-1"))).Is(HttpStatusCode.Accepted);
        await world.Desk.Settles();
        Assert.StartsWith("SQ999900-2026-", taken.Text("applicationNumber"), StringComparison.Ordinal);
        Assert.NotEmpty(taken.Text("caseNumber")!);
        Assert.Equal(taken.Text("caseId"), (await (await app.GetAsync(taken.Text("statusUrl"))).Is(HttpStatusCode.OK)).GetProperty("case").Text("id"));
        Assert.Equal(taken.Text("caseId"), Assert.Single((await (await app.GetAsync("/api/v1/cases")).Is(HttpStatusCode.OK)).Items()).Text("id"));

        using var other = await world.Host.WithRoles("app");
        await (await other.GetAsync(taken.Text("statusUrl"))).Refuses(HttpStatusCode.NotFound, "case.notFound");
        Assert.Empty((await (await other.GetAsync("/api/v1/cases")).Is(HttpStatusCode.OK)).Items());
        using var nobody = world.Host.With("rf_no-such-key");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync("/api/v1/intake/applications", Application("2026-1"))).StatusCode);
    }

    [Fact]
    public async Task What_is_told_is_signed_and_neither_another_secret_nor_a_repeat_passes()
    {
        await using var world = await World("Relief:Notifications:Secret=" + Secret);
        using var app = await world.Host.WithRoles("app");
        await (await app.PostAsJsonAsync("/api/v1/intake/applications", Application("2026-1"))).Is(HttpStatusCode.Accepted);
        await world.Desk.Settles();

        var notice = world.Outside.RequestsTo("POST /notices")[0];
        var now = notice.At!.Value;
        Assert.True(Trusts(Secret, notice, now));
        Assert.False(Trusts("another", notice, now));
        Assert.False(Trusts(Secret, notice with { Body = notice.Body.Replace("999900", "999901", StringComparison.Ordinal) }, now));
        // The same words later: with the old moment they are too old, with a new one the signature is wrong.
        Assert.False(Trusts(Secret, notice, now.AddMinutes(6)));
        var headers = new Dictionary<string, string>(notice.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Relief-Timestamp"] = now.AddMinutes(6).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        Assert.False(Trusts(Secret, notice with { Headers = headers }, now.AddMinutes(6)));
    }

    [Fact]
    public async Task Without_a_secret_nothing_pretends_to_be_signed()
    {
        await using var world = await World();
        await world.Desk.Applies(Applicant.Chen, "nursing");
        Assert.Null(world.Outside.RequestsTo("POST /notices")[0].Header("X-Relief-Signature"));
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_to_wait()
    {
        await using var world = await World("Relief:RequestsPerSecond=2");
        using var app = await world.Host.WithRoles("app");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.PostAsJsonAsync("/api/v1/intake/applications", Application(null))));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 20, 30);
        await refused[0].Refuses(HttpStatusCode.TooManyRequests, "request.tooMany");
        Assert.NotNull(refused[0].Headers.RetryAfter);
    }

    private static object Application(string? consent) => new
    {
        countyCode = "999900", channel = "xiangjiuzhu", applicantName = Applicant.Chen.Name, category = Applicant.Chen.Category, itemCodes = new[] { "nursing" }, wording = "需要护理",
        papers = new[] { "application-form", "consent" }, consentVersion = consent,
        person = new { idNumber = Applicant.Chen.IdNumber, name = Applicant.Chen.Name, sex = Applicant.Chen.Sex, birthDate = Applicant.Chen.Birth, areaCode = Applicant.Chen.Village },
        triage = new { aloneNow = false, canMove = true, hasFoodAndMedicine = true, inDanger = false }
    };

    // What a careful gateway does, from the README alone.
    private static bool Trusts(string secret, OutsideRequest notice, DateTimeOffset now)
    {
        var timestamp = notice.Header("X-Relief-Timestamp")!;
        var right = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{notice.Body}")));
        var age = now - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        return right == notice.Header("X-Relief-Signature") && age.Duration() < TimeSpan.FromMinutes(5);
    }

    private async Task<Outer> World(params string[] settings)
    {
        var outside = await OutsideWorld.Open();
        var host = await CountyTemplate.Open(kind, [ReliefDesk.Gateway(outside), .. settings]);
        return new Outer(outside, host, new ReliefDesk(host, outside));
    }

    private sealed record Outer(OutsideWorld Outside, TestHost Host, ReliefDesk Desk) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Desk.DisposeAsync();
    }

    public sealed class OnSqlite() : SC47(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SC47(StorageKind.PostgreSql);
}
