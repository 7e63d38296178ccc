using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Tests.Operation;

/// <summary>What operators do to an instance, alone, with a second person, and to many at a time.</summary>
public abstract class RepairTests(StorageKind kind) : OperatorTests(kind)
{
    [Fact]
    public async Task K1_an_error_is_found_explained_in_both_languages_and_mended_by_two_people()
    {
        var id = await Start("fragile");
        var found = Assert.Single(await Found("K1"));
        Assert.Equal(id, found.GetProperty("finding").Text("instanceId"));
        var why = await Why(id);
        Assert.Contains("no budget line", why.Text("headline"), StringComparison.Ordinal);
        Assert.Contains("步骤出错", (await Why(id, "zh")).Text("headline"), StringComparison.Ordinal);
        var offer = why.GetProperty("may")[0];
        Assert.Equal(("Retry", "K1"), (offer.Text("action"), offer.Text("against")));

        await (await Mend(new { instanceId = id, action = "Retry", target = offer.Text("target") })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await Mended(new { instanceId = id, action = "Retry", target = offer.Text("target"), reason = "the budget line is there" });
        Assert.Single(await Found("K1"));

        var asked = await (await Mend(new { instanceId = id, action = "Edit", values = new { ok = "yes" }, reason = "line F4 was opened" })).Is(HttpStatusCode.Accepted);
        Assert.Equal("Asked", asked.Text("state"));
        await (await Host.Client.PostAsJsonAsync($"/api/v1/repairs/{asked.Text("id")}/agree", new { })).Refuses(HttpStatusCode.Forbidden, "repair.secondPerson");
        Assert.Equal("Done", (await (await Agree(asked)).Is(HttpStatusCode.Accepted)).Text("state"));
        await (await Agree(asked)).Refuses(HttpStatusCode.Conflict, "repair.decided");
        await Mended(new { instanceId = id, action = "Retry", reason = "try again" });

        Assert.Equal("Waiting", await Status(id));
        Assert.Empty(await Found("K1"));
        Assert.Contains("line F4 was opened", (await Why(id)).GetProperty("changed").ToString(), StringComparison.Ordinal);
        Assert.Contains("Edited", await Journal(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_left_by_a_chosen_outcome_or_begun_again_or_another_is_gone_to()
    {
        var id = await Start("fragile");
        var ordinal = (await Why(id)).GetProperty("may")[0].Text("target");
        await (await Mend(new { instanceId = id, action = "Skip", target = ordinal, to = "Nonsense", reason = "done on paper" })).Refuses(HttpStatusCode.UnprocessableEntity, "repair.noSuchChoice");
        await (await Mend(new { instanceId = id, action = "Skip", target = "99", to = "Done", reason = "done on paper" })).Refuses(HttpStatusCode.Conflict, "repair.noTarget");
        await Agreed(new { instanceId = id, action = "Skip", target = ordinal, to = "Done", reason = "done on paper" });
        Assert.Equal(("Waiting", "look"), (await Status(id), await Step(id)));

        var before = await OpenTask(id);
        await Mended(new { instanceId = id, action = "Redo", target = await Run(id), reason = "wrong form" });
        Assert.NotEqual(before, await OpenTask(id));

        await Agreed(new { instanceId = id, action = "Move", target = await Run(id), to = "check", reason = "once more from the start" });
        Assert.Equal("Faulted", await Status(id));
        foreach (var deed in (string[])["Skipped", "Redone", "Moved"])
            Assert.Contains(deed, await Journal(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_error_in_many_is_one_group_and_mended_as_one_batch()
    {
        for (var number = 0; number < 3; number++)
            await Start("fragile");
        Assert.Equal(3, (await Found("K1")).Length);
        var summary = await (await Host.Client.GetAsync("/api/v1/stuck/summary")).Is(HttpStatusCode.OK);
        var group = Assert.Single(summary.GetProperty("groups").EnumerateArray());
        var filter = new { signature = group.GetProperty("signature").GetInt64() };

        await (await Host.Client.PostAsJsonAsync("/api/v1/repair-batches", new { action = "Retry", filter = new { }, reason = "all of them" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Host.Client.PostAsJsonAsync("/api/v1/repair-batches", new { action = "Edit", filter, reason = "all of them" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(3, (await (await Host.Client.PostAsJsonAsync("/api/v1/repair-batches/preview", new { action = "Retry", filter })).Is(HttpStatusCode.OK)).GetProperty("count").GetInt32());
        var retry = await (await Host.Client.PostAsJsonAsync("/api/v1/repair-batches", new { action = "Retry", filter, reason = "all of them" })).Is(HttpStatusCode.Accepted);
        await Patience.Until(async () => (await Batch(retry)).Text("state") == "Finished", () => "the batch is not finished");
        Assert.Equal(3, (await Batch(retry)).GetProperty("done").GetInt32());

        await Host.TimePasses("PT0S");
        Assert.Equal(3, (await Found("K1")).Length);
        var cancel = await (await Host.Client.PostAsJsonAsync("/api/v1/repair-batches", new { action = "Cancel", filter, reason = "entered by mistake" })).Is(HttpStatusCode.Accepted);
        Assert.Equal("Asked", cancel.Text("state"));
        await (await Host.Client.PostAsync($"/api/v1/repair-batches/{cancel.Text("id")}/agree", null)).Refuses(HttpStatusCode.Forbidden, "repair.secondPerson");
        using var second = await Host.WithRoles("operator");
        await (await second.PostAsync($"/api/v1/repair-batches/{cancel.Text("id")}/agree", null)).Is(HttpStatusCode.OK);
        await Patience.Until(async () => (await Batch(cancel)).Text("state") == "Finished", () => "the batch is not finished");
        await Host.TimePasses("PT0S");
        Assert.Empty(await Found("K1"));
        Assert.Equal(3, (await (await Host.Client.GetAsync($"/api/v1/repair-batches/{cancel.Text("id")}/items")).Json()).Items().Count(item => item.Text("state") == "Done"));
    }

    [Fact]
    public async Task Only_operators_see_buttons_and_press_them()
    {
        var id = await Start("fragile");
        using var auditor = await Host.WithRoles("auditor");
        var why = await (await auditor.GetAsync($"/api/v1/instances/{id}/why")).Is(HttpStatusCode.OK);
        Assert.Empty(why.GetProperty("may").EnumerateArray());
        Assert.NotEmpty(why.GetProperty("cannotBecause").EnumerateArray());
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsJsonAsync("/api/v1/repairs", new { instanceId = id, action = "Retry", reason = "let me" })).StatusCode);
        await (await Host.Client.GetAsync($"/api/v1/instances/{Guid.NewGuid()}/why")).Refuses(HttpStatusCode.NotFound, "instance.notFound");
    }

    [Fact]
    public async Task The_duty_looks_once_for_all_nodes_and_what_it_found_is_listed()
    {
        var id = await Start("fragile");
        var round = Host.Part<StuckRound>();
        await Sql("delete from duty");

        Assert.Equal(1, await round.InTurn(default));
        Assert.Equal(0, await round.InTurn(default));

        var listed = (await (await Host.Client.GetAsync("/api/v1/stuck")).Is(HttpStatusCode.OK)).Items();
        Assert.Equal(id, Assert.Single(listed).GetProperty("finding").Text("instanceId"));
    }

    public sealed class OnSqlite() : RepairTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : RepairTests(StorageKind.PostgreSql);
}
