using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Photos and scans at a task: who may, what is taken, and that it is kept once and sealed.</summary>
public abstract class AttachmentTests(StorageKind kind) : IAsyncLifetime
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.ASCII.GetBytes("a photo of a yard, 2026-03-16")];

    private ReliefDesk _desk = null!;
    private string _task = "";

    private TestHost Host => _desk.Host;

    [Fact]
    public async Task Who_holds_the_task_attaches_a_photo_and_who_sees_it_reads_it_as_it_was()
    {
        await (await Sends("clerk-1", Photo)).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        var file = await (await Sends("clerk-1", Photo, "院落 1")).Is(HttpStatusCode.OK);
        Assert.Equal(("院落 1", "image/jpeg", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Photo))), (file.Text("name"), file.Text("mediaType"), file.Text("documentHash")));
        Assert.Equal(file.Text("id"), (await (await Sends("clerk-1", Photo, "again")).Is(HttpStatusCode.OK)).Text("id"));
        Assert.Equal("院落 1", Assert.Single(await _desk.List($"tasks/{_task}/attachments")).Text("name"));

        using var reviewer = Host.With(TestHost.AdminKey, "reviewer-li");
        var answer = await reviewer.GetAsync($"/api/v1/tasks/{_task}/attachments/{file.Text("id")}");
        Assert.Equal(Photo, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/jpeg", "nosniff"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Content-Type-Options").Single()));
        await _desk.Set(async db =>
        {
            var stored = await db.Set<StoredFile>().SingleAsync();
            Assert.DoesNotContain("yard", Encoding.ASCII.GetString(stored.SealedContent), StringComparison.Ordinal);
        });

        // Another township is told that there is no such task; the colleague in the same one neither attaches nor takes off.
        using var other = Host.With(TestHost.AdminKey, "clerk-b");
        await (await other.GetAsync($"/api/v1/tasks/{_task}/attachments")).Refuses(HttpStatusCode.NotFound, "task.notFound");
        await (await other.GetAsync($"/api/v1/tasks/{_task}/attachments/{file.Text("id")}")).Refuses(HttpStatusCode.NotFound, "task.notFound");
        await (await Sends("reviewer-li", Photo)).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await reviewer.DeleteAsync($"/api/v1/tasks/{_task}/attachments/{file.Text("id")}")).Refuses(HttpStatusCode.Conflict, "task.wrongState");

        using var holder = Host.With(TestHost.AdminKey, "clerk-1");
        await (await holder.DeleteAsync($"/api/v1/tasks/{_task}/attachments/{file.Text("id")}")).Is(HttpStatusCode.NoContent);
        await (await holder.DeleteAsync($"/api/v1/tasks/{_task}/attachments/{file.Text("id")}")).Refuses(HttpStatusCode.NotFound, "attachment.notFound");
        await _desk.Set(async db => Assert.False(await db.Set<StoredFile>().AnyAsync()));
        Assert.Equal(["FileAttached", "FileRemoved"], (await _desk.List($"audit?subject=task:{_task}")).Select(entry => entry.Text("what")!).Where(what => what.StartsWith("File", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task What_is_no_photo_too_large_or_one_too_many_is_refused_and_nothing_is_kept()
    {
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        foreach (var wrong in new[] { Encoding.ASCII.GetBytes("<html><script>alert(1)</script>"), [], Encoding.ASCII.GetBytes("RIFFxxxxWAVE") })
            await (await Sends("clerk-1", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "attachment.invalid");
        await (await Sends("clerk-1", Photo, "")).Refuses(HttpStatusCode.UnprocessableEntity, "attachment.invalid");
        await (await Sends("clerk-1", Photo, new string('图', 201))).Refuses(HttpStatusCode.UnprocessableEntity, "attachment.invalid");
        await (await Sends("clerk-1", [.. Photo, .. new byte[11 * 1024 * 1024]])).Refuses(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
        await _desk.Set(async db => Assert.False(await db.Set<StoredFile>().AnyAsync()));

        // Larger than other requests may be, and of twenty at once with the same content one is kept.
        await (await Sends("clerk-1", [.. Photo, .. new byte[5 * 1024 * 1024]])).Is(HttpStatusCode.OK);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await (await Sends("clerk-1", Photo)).Is(HttpStatusCode.OK)));
        Assert.Equal(2, (await _desk.List($"tasks/{_task}/attachments")).Length);
        for (byte number = 0; number < AttachmentBook.Most - 2; number++)
            await (await Sends("clerk-1", [.. Photo, number])).Is(HttpStatusCode.OK);
        await (await Sends("clerk-1", [.. Photo, 99])).Refuses(HttpStatusCode.Conflict, "attachment.tooMany");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/complete", new { outcome = "Complete", data = new { } })).Is(HttpStatusCode.OK);
        await (await Sends("clerk-1", [.. Photo, 98])).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        Assert.Equal(AttachmentBook.Most, (await _desk.List($"tasks/{_task}/attachments")).Length);
    }

    [Fact]
    public async Task In_the_inbox_a_photo_is_attached_shown_and_taken_off()
    {
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        using var client = Host.With(TestHost.AdminKey, "clerk-1");
        var desk = new PageVisit(client);
        var page = await desk.Open($"/tasks/{_task}");
        var seal = Regex.Match(page, "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(seal), "seal" }, { new ByteArrayContent(Photo), "file", "yard.jpg" } };
        await client.PostAsync($"/tasks/{_task}/attach", form);
        page = await desk.Open($"/tasks/{_task}");
        Assert.Contains(">yard.jpg</a>", page, StringComparison.Ordinal);
        var link = Regex.Match(page, $"href=\"(/tasks/{_task}/attachments/[^\"]+)\"").Groups[1].Value;
        Assert.Equal(Photo, await client.GetByteArrayAsync(link));

        using var unsealed = new MultipartFormDataContent { { new ByteArrayContent(Photo), "file", "yard.jpg" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync($"/tasks/{_task}/attach", unsealed)).StatusCode);
        using var wrong = new MultipartFormDataContent { { new StringContent(seal), "seal" }, { new ByteArrayContent([1, 2]), "file", "yard.jpg" } };
        Assert.Contains("请选择照片", WebUtility.HtmlDecode(await (await client.PostAsync($"/tasks/{_task}/attach", wrong)).Content.ReadAsStringAsync()), StringComparison.Ordinal);
        (_, page) = await desk.Send(page, $"/tasks/{_task}/detach", ("attachment", link.Split('/')[^1]));
        Assert.DoesNotContain("yard.jpg", page, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        _desk = await ReliefDesk.On(kind);
        await _desk.Until(On(3, 16, 9));
        await _desk.Applies(Applicant.Zhang, "nursing");
        _task = (await _desk.Task("completeness")).Text("id")!;
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    private async Task<HttpResponseMessage> Sends(string by, byte[] content, string name = "照片")
    {
        using var client = Host.With(TestHost.AdminKey, by);
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        // What is too large is refused before it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tasks/{_task}/attachments?name={Uri.EscapeDataString(name)}") { Content = body };
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request);
    }

    public sealed class OnSqlite() : AttachmentTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : AttachmentTests(StorageKind.PostgreSql);
}
