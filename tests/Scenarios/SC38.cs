using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-38 over REST: what hangs in public shows a number, a village and 服务类救助; a masked name by consent, and nothing of children and the confidential.</summary>
public abstract class SC38(StorageKind kind) : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    [Fact]
    public async Task A_sheet_shows_no_name_without_consent_a_masked_one_with_it_and_comes_down_at_once_when_it_is_taken_back()
    {
        var (order, caseId) = await Serves("person-zhang", ReliefCategory.Dibao);
        await Publishes(order, "person-zhang");
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-1" });
        Assert.Equal("999900-2026-000001 一村 服务类救助", Assert.Single(await Board()));

        using var clerk = desk.Host.With(TestHost.AdminKey, "clerk-1");
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/publication-consent", new { form = "telepathy" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await clerk.DeleteAsync($"/api/v1/cases/{caseId}/publication-consent")).Refuses(HttpStatusCode.Conflict, "notice.noConsent");
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/publication-consent", new { form = "paper" })).Is(HttpStatusCode.OK);
        await desk.Settles();
        Assert.Empty(await Board());
        await desk.Decides("surveyor-qian", "notice.takeDown", "TakenDown", new { proof = "photo-2" });
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-3" });
        Assert.Equal("999900-2026-000001 张某某 一村 服务类救助", Assert.Single(await Board()));

        // The same consent again is that one: nothing is renewed.
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/publication-consent", new { form = "app" })).Is(HttpStatusCode.OK);
        await (await clerk.DeleteAsync($"/api/v1/cases/{caseId}/publication-consent")).Is(HttpStatusCode.NoContent);
        Assert.Empty(await Board());
        await desk.Settles();
        await desk.Decides("surveyor-qian", "notice.takeDown", "TakenDown", new { proof = "photo-4" });
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-5" });
        Assert.Equal("999900-2026-000001 一村 服务类救助", Assert.Single(await Board()));
        Assert.Equal(["Posted", "TakenDown", "TakenDown"], (await desk.List($"cases/{caseId}/notices")).Select(notice => notice.Text("status")!).Order());
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_said_before_anything_hangs_changes_what_is_put_up_and_an_objection_is_checked()
    {
        var (order, caseId) = await Serves("person-zhang", ReliefCategory.Dibao);
        await Publishes(order, "person-zhang");
        using var clerk = desk.Host.With(TestHost.AdminKey, "clerk-1");
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/publication-consent", new { form = "voice" })).Is(HttpStatusCode.OK);
        await desk.Settles();
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-1" });
        Assert.Equal("999900-2026-000001 张某某 一村 服务类救助", Assert.Single(await Board()));

        var notice = (await desk.List($"cases/{caseId}/notices")).Single(one => one.Text("status") == "Posted").Text("id");
        await (await desk.Posts(null, $"notices/{notice}/objections", new { wording = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "notices/nothing/objections", new { wording = "家境不符" })).Refuses(HttpStatusCode.NotFound, "notice.notFound");
        await (await desk.Posts(null, $"notices/{notice}/objections", new { wording = "家境不符" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Single(await desk.Tasks("notice.recheck"));
    }

    [Fact]
    [Trait("Proves", "E10")]
    [Trait("Proves", "E12")]
    public async Task Nothing_is_published_of_children_and_the_confidential_and_who_becomes_so_comes_down()
    {
        foreach (var (person, category) in new[] { ("person-jin", ReliefCategory.Orphan), ("person-hua", ReliefCategory.Dibao) })
        {
            var (order, _) = await Serves(person, category);
            await Publishes(order, person);
        }

        Assert.Empty(await desk.Tasks("notice.post"));
        Assert.Equal(["Finished", "Finished"], (await desk.List("instances?definitionId=procedure.notice")).Select(instance => instance.Text("status")!));
        var stories = await Task.WhenAll((await desk.List("instances?definitionId=procedure.notice")).Select(async instance => (await desk.Get($"instances/{instance.Text("id")}")).ToString()));
        Assert.Contains(stories, story => story.Contains("Minor", StringComparison.Ordinal));
        Assert.Contains(stories, story => story.Contains("Confidential", StringComparison.Ordinal));

        var (later, _) = await Serves("person-zhang", ReliefCategory.Dibao);
        await Publishes(later, "person-zhang");
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-1" });
        await desk.Set(db => db.Insert(
            new PersonCondition { Id = "condition-late", CountyCode = "999900", CreatedAt = On(4, 20), CreatedBy = "clerk-1", PersonId = "person-zhang", Kind = ConditionKind.Mental, Evidence = "sha256:1", Confidential = true }, None));
        await desk.Until(On(7, 20));
        Assert.Empty(await Board());
        await desk.Decides("surveyor-qian", "notice.takeDown", "TakenDown", new { proof = "photo-2" });
        Assert.All((await desk.List("instances?definitionId=procedure.notice")).Select(instance => instance.Text("status")), status => Assert.Equal("Finished", status));
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(On(4, 1));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task<string[]> Board() => [.. (await desk.List("villages/99990101/board")).Select(sheet => sheet.Text("content")!)];

    private async Task<(string OrderId, string CaseId)> Serves(string person, ReliefCategory category)
    {
        var order = "";
        await desk.Set(async db =>
        {
            order = Assert.Single(await ServedOrders.Of(db, person, category, "PV-A", "cleaning"));
            await new ArchiveBook(db).AssignNumber(person, "999900", new Deed("clerk-1", On(4, 1), "number-" + person), None);
        });
        return (order, (await desk.Get("orders/" + order)).GetProperty("order").Text("caseId")!);
    }

    private Task<System.Text.Json.JsonElement> Publishes(string order, string person) =>
        desk.Sends(null, "pathways/procedure.notice/instances", new { correlationId = "order:" + order, input = new { orderId = order, personId = person } });

    public sealed class OnSqlite() : SC38(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SC38(StorageKind.PostgreSql);
}
