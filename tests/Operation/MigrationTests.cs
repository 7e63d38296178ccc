using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>Running instances are taken over to another version: reported, agreed to, carried out, taken back.</summary>
public abstract class MigrationTests(StorageKind kind) : OperatorTests(kind)
{
    private const string Migrations = "/api/v1/definitions/reviewed/migrations";

    [Fact]
    public async Task Running_instances_go_over_after_a_report_and_two_people_and_come_back_as_they_were()
    {
        var ids = await Standing();
        var report = await (await Host.Client.PostAsJsonAsync($"{Migrations}/report", new { })).Is(HttpStatusCode.OK);
        Assert.Equal((3, 2, 0, 1), Figures(report));
        var gone = report.GetProperty("steps")[0];
        Assert.Equal(("Stranded", "second"), (gone.Text("fate"), gone.Text("activityId")));
        Assert.Equal(["first", "third"], gone.GetProperty("choices").EnumerateArray().Select(choice => choice.Text("value")!).Order());

        var batch = await Ask(new { reason = "law of 2026" });
        Assert.Equal("Asked", batch.Text("state"));
        await (await Host.Client.PostAsync($"/api/v1/repair-batches/{batch.Text("id")}/agree", null)).Refuses(HttpStatusCode.Forbidden, "repair.secondPerson");
        Assert.Equal("1 1 1", await Versions(ids));
        await CarriedOut(batch);
        Assert.Equal("2 2 1", await Versions(ids));
        Assert.Contains("Migrated", await Journal(ids[0]), StringComparison.Ordinal);

        var back = await Ask(new { toVersion = 1, ofBatch = batch.Text("id"), reason = "too early" });
        Assert.Equal(2, back.GetProperty("total").GetInt32());
        await CarriedOut(back);
        Assert.Equal("1 1 1", await Versions(ids));
        Assert.Equal("first first second", await Steps(ids));

        await Done(ids[0]);
        Assert.Equal("second", await Step(ids[0]));
        var audited = await (await Host.Client.GetAsync($"/api/v1/audit?subject=repair-batch:{batch.Text("id")}")).Is(HttpStatusCode.OK);
        Assert.Equal(["RepairBatchAsked", "RepairBatchRunning"], audited.Items().Select(line => line.Text("what")!).Order());
    }

    [Fact]
    public async Task Who_stands_at_a_step_that_is_gone_goes_on_where_it_was_chosen_and_the_old_task_is_withdrawn()
    {
        var ids = await Standing();
        var task = await OpenTask(ids[2]);
        var places = new Dictionary<string, string> { ["second"] = "third" };
        Assert.Equal((3, 2, 1, 0), Figures(await (await Host.Client.PostAsJsonAsync($"{Migrations}/report", new { places })).Is(HttpStatusCode.OK)));
        await CarriedOut(await Ask(new { places, reason = "law of 2026" }));

        Assert.Equal("2 2 2", await Versions(ids));
        Assert.Equal("first first third", await Steps(ids));
        Assert.Equal("Cancelled", (await (await Host.Client.GetAsync($"/api/v1/tasks/{task}")).Json()).GetProperty("summary").Text("state"));
        foreach (var id in ids)
            await Done(id);
        Assert.Equal("third", await Step(ids[0]));
        Assert.Equal("Finished", await Status(ids[2]));
    }

    [Fact]
    public async Task What_moved_on_to_a_lost_step_before_its_turn_stays_and_is_counted_as_missed()
    {
        var ids = await Standing();
        var batch = await Ask(new { reason = "law of 2026" });
        await Done(ids[0]);
        await CarriedOut(batch);

        Assert.Equal("1 2 1", await Versions(ids));
        Assert.Equal((1, 1), ((await Batch(batch)).GetProperty("done").GetInt32(), (await Batch(batch)).GetProperty("missed").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words_and_nothing_is_written()
    {
        await Standing();
        await (await Host.Client.PostAsJsonAsync("/api/v1/definitions/nothing/migrations/report", new { })).Refuses(HttpStatusCode.NotFound, "definition.notFound");
        await (await Host.Client.PostAsJsonAsync($"{Migrations}/report", new { toVersion = 9 })).Refuses(HttpStatusCode.NotFound, "definition.notFound");
        await (await Host.Client.PostAsJsonAsync($"{Migrations}/report", new { places = new { second = "nowhere" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Host.Client.PostAsJsonAsync(Migrations, new { reason = "no" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Host.Client.PostAsJsonAsync(Migrations, new { fromVersion = 7, reason = "nobody is there" })).Refuses(HttpStatusCode.UnprocessableEntity, "migration.nothing");
        Assert.Empty((await (await Host.Client.GetAsync("/api/v1/repair-batches")).Json()).Items());
        using var auditor = await Host.WithRoles("auditor");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsJsonAsync($"{Migrations}/report", new { })).StatusCode);
    }

    // Two at the first step and one at the second, when a version without the second is published.
    private async Task<string[]> Standing()
    {
        await Host.Publish(Stories.Reviewed("first", "second"));
        string[] ids = [await Start("reviewed"), await Start("reviewed"), await Start("reviewed")];
        await Done(ids[2]);
        await Host.Publish(Stories.Reviewed("first", "third"));
        return ids;
    }

    private async Task Done(string id)
    {
        await (await Host.Client.PostAsJsonAsync($"/api/v1/tasks/{await OpenTask(id)}/complete", new { outcome = "Done", completedBy = "li" })).Is(HttpStatusCode.OK);
        await Host.TimePasses("PT0S");
    }

    private async Task<JsonElement> Ask(object wish) => await (await Host.Client.PostAsJsonAsync(Migrations, wish)).Is(HttpStatusCode.Accepted);

    private async Task CarriedOut(JsonElement batch)
    {
        using var second = await Host.WithRoles("operator");
        await (await second.PostAsync($"/api/v1/repair-batches/{batch.Text("id")}/agree", null)).Is(HttpStatusCode.OK);
        await Patience.Until(async () => (await Batch(batch)).Text("state") == "Finished", () => "the batch is not finished");
        await Host.TimePasses("PT0S");
    }

    private Task<string> Versions(string[] ids) => Each(ids, async id => (string?)(await Detail(id)).GetProperty("summary").GetProperty("version").ToString());

    private Task<string> Steps(string[] ids) => Each(ids, Step);

    private static async Task<string> Each(string[] ids, Func<string, Task<string?>> tell)
    {
        List<string?> told = [];
        foreach (var id in ids)
            told.Add(await tell(id));
        return string.Join(' ', told);
    }

    private static (int Total, int AsTheyAre, int Changed, int Stranded) Figures(JsonElement report) =>
        (report.GetProperty("total").GetInt32(), report.GetProperty("asTheyAre").GetInt32(), report.GetProperty("changed").GetInt32(), report.GetProperty("stranded").GetInt32());

    public sealed class OnSqlite() : MigrationTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : MigrationTests(StorageKind.PostgreSql);
}
