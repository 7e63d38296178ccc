using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Sharing data by agreement (S23): nothing leaves without one, without consent where it asks for it, or after either has ended (E20); each exchange is in the log.</summary>
[Trait("Proves", "E20")]
public abstract class SharingTests : IAsyncLifetime
{
    private const string Wang = "persons/person-wang/sharing-consents/dept-health";

    private AdapterDesk adapters = null!;

    private ReliefDesk desk => adapters.Desk;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task By_law_or_by_consent_only_the_agreed_fields_leave_and_the_log_says_why()
    {
        var byLaw = await Agrees(new { needsConsent = false, fields = new[] { "name", "idNumber" } });
        var byConsent = await Agrees(new { needsConsent = true, legalBasis = "本人单独同意", fields = new[] { "areaCode" } });
        adapters.Other.Answers("POST /dept-health/persons", OutsideAnswer.Ok);
        await (await Shares(byConsent)).Refuses(HttpStatusCode.Conflict, "sharing.noConsent");
        await Shared(byLaw);
        await (await desk.Host.Client.PutAsJsonAsync("/api/v1/" + Wang, new { form = "paper" })).Is(HttpStatusCode.NoContent);
        await Shared(byConsent);

        var got = adapters.Got("dept-health", "persons").Select(request => request.Json).ToList();
        Assert.Equal((Applicant.Wang.IdNumber, "王某某", null), (got[0].Text("idNumber"), got[0].Text("name"), got[0].Text("areaCode")));
        Assert.Equal((null, null, "99990102"), (got[1].Text("idNumber"), got[1].Text("name"), got[1].Text("areaCode")));
        var log = await adapters.Log("dept-health");
        Assert.Equal([("Delivered", "本人单独同意"), ("Delivered", "示例数据共享办法第三条")], log.Select(row => (row.Text("status")!, row.Text("legalBasis")!)).OrderBy(row => row.Item2, StringComparer.Ordinal));
        Assert.DoesNotContain(Applicant.Wang.IdNumber, JsonSerializer.Serialize(log), StringComparison.Ordinal);
        await desk.IsSound();
        await IsShown();

        // What is in the log stays as it is, past the books too.
        var changed = await Assert.ThrowsAnyAsync<Exception>(() => desk.Set(async db => await db.Replace(await new ExchangeBook(db).Get(log[0].Text("id")!, None) with { LegalBasis = "其他" }, None)));
        Assert.Contains("INV-25", changed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_that_is_taken_back_stops_at_once_what_is_on_its_way()
    {
        var agreement = await Agrees(new { needsConsent = true });
        await (await desk.Host.Client.PutAsJsonAsync("/api/v1/" + Wang, new { form = "voice" })).Is(HttpStatusCode.NoContent);
        adapters.Other.Answers("POST /dept-health/persons", OutsideAnswer.Unavailable);
        await Shared(agreement);
        await (await desk.Host.Client.DeleteAsync("/api/v1/" + Wang)).Is(HttpStatusCode.NoContent);
        await (await desk.Host.Client.DeleteAsync("/api/v1/" + Wang)).Refuses(HttpStatusCode.NotFound, "sharing.noConsent");
        await desk.Until(On(3, 4));
        Assert.Single(adapters.Got("dept-health", "persons"));
        var withheld = Assert.Single(await adapters.Log("dept-health"));
        Assert.Equal(("Withheld", "consentWithdrawn"), (withheld.Text("status"), withheld.Text("reason")));
        Assert.Empty(await desk.Tasks("fallback-dept-health"));
        await (await Shares(agreement)).Refuses(HttpStatusCode.Conflict, "sharing.noConsent");
    }

    [Fact]
    public async Task Without_an_agreement_that_holds_nothing_leaves_past_the_books_either()
    {
        foreach (var wrong in new object[] { new { partner = "nobody" }, new { purpose = "" }, new { legalBasis = "" }, new { fields = new[] { "illness" } }, new { validTo = "2025-12-31" } })
            await (await desk.Posts(null, "sharing-agreements", Body(wrong))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        var agreement = await Agrees(new { validTo = "2026-03-03" });
        await desk.Until(On(3, 4));
        await (await Shares(agreement)).Refuses(HttpStatusCode.Conflict, "sharing.agreementEnded");
        var other = await Agrees(new { validTo = "2026-12-31" });
        await (await desk.Posts(null, $"sharing-agreements/{other}/end", new { })).Is(HttpStatusCode.NoContent);
        await (await desk.Posts(null, $"sharing-agreements/{other}/end", new { })).Refuses(HttpStatusCode.Conflict, "sharing.ended");
        await (await Shares(other)).Refuses(HttpStatusCode.Conflict, "sharing.agreementEnded");

        foreach (var id in new[] { agreement, other, "none" })
        {
            var entry = new ExchangeEntry("dept-health", SharingBook.Share, "person:person-wang", []) { CountyCode = "999900", PersonId = "person-wang", AgreementId = id, LegalBasis = "无" };
            var broken = await Assert.ThrowsAnyAsync<Exception>(() => desk.Set(async db => await new ExchangeBook(db).Open(entry, await desk.Host.Records.DeedOf("test", None), None)));
            Assert.Contains("E20", broken.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(adapters.Got("dept-health", "persons"));
    }

    public async Task InitializeAsync()
    {
        adapters = await AdapterDesk.With(Kind, "dept-health");
        await desk.Until(3, 2, 9);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<string> Agrees(object more) => (await (await desk.Posts(null, "sharing-agreements", Body(more))).Is(HttpStatusCode.Created)).Text("id")!;

    private Task<HttpResponseMessage> Shares(string agreement) => desk.Posts(null, $"sharing-agreements/{agreement}/exchanges", new { personId = "person-wang" });

    private async Task Shared(string agreement)
    {
        await (await Shares(agreement)).Is(HttpStatusCode.Accepted);
        await desk.Settles();
    }

    // On the page to those to whom the API shows it, and of a person nothing.
    private async Task IsShown()
    {
        foreach (var (who, sees) in new[] { ("county-officer-1", true), ("clerk-b", false), ("guide-1", false) })
        {
            var page = await new PageVisit(desk.Host.With(TestHost.AdminKey, who)).Open("/console/exchanges?county=999900");
            foreach (var word in new[] { "专项救助对象共享", "示例数据共享办法第三条", "2026-12-31", ">有效<", "须本人同意", "已送达" })
                Assert.Equal(sees, page.Contains(word, StringComparison.Ordinal));
            foreach (var person in new[] { "王某某", Applicant.Wang.IdNumber, "person-wang" })
                Assert.DoesNotContain(person, page, StringComparison.Ordinal);
        }

        var stranger = await desk.Host.With(null).GetAsync("/console/exchanges");
        Assert.Equal("/studio/sign-in", stranger.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private static Dictionary<string, object?> Body(object more)
    {
        var body = new Dictionary<string, object?>
        {
            ["countyCode"] = "999900", ["partner"] = "dept-health", ["purpose"] = "专项救助对象共享", ["legalBasis"] = "示例数据共享办法第三条", ["fields"] = new[] { "name" },
            ["validFrom"] = "2026-01-01", ["validTo"] = "2026-12-31"
        };
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            body[field.Name] = field.Value;
        return body;
    }

    public sealed class OnSqlite : SharingTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SharingTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
