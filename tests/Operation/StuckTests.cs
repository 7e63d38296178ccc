using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>Each way to be stuck is made for real, found, explained and mended over REST.</summary>
public abstract class StuckTests(StorageKind kind) : OperatorTests(kind)
{
    [Fact]
    public async Task K2_a_delay_that_did_not_resume_is_fired_by_hand()
    {
        var id = await Start("three-days");
        await Host.Restart("Relief:Runtime:Works=false");
        await Sql($"update clock set manual_now = {Moment(TestHost.Monday.AddDays(3).AddHours(2))}");

        var found = Assert.Single(await Found("K2"));
        var offer = (await Why(id)).GetProperty("may")[0];
        Assert.Equal(("Fire", found.GetProperty("finding").Text("ref")), (offer.Text("action"), offer.Text("target")));
        await (await Mend(new { instanceId = id, action = "Fire", target = offer.Text("target"), reason = "no node was up" })).Is(HttpStatusCode.Accepted);
        Assert.Empty(await Found("K2"));
        await (await Mend(new { instanceId = id, action = "Fire", target = offer.Text("target"), reason = "no node was up" })).Refuses(HttpStatusCode.Conflict, "repair.noTarget");

        await Host.Restart("Relief:Runtime:Works=true");
        await Host.TimePasses("PT0S");
        Assert.Equal("Finished", await Status(id));
    }

    [Fact]
    public async Task K3_K4_K5_what_nobody_claims_is_armed_again()
    {
        var id = await Start("three-days");
        await Host.Restart("Relief:Runtime:Works=false");
        foreach (var (code, claim, attempts) in ((string, string, int)[])[("K3", "7", 1), ("K4", "null", 1), ("K5", "null", 5)])
        {
            await Sql($"insert into work (instance_id, ready_at, claim_token, claimed_by, attempts, last_error) values ('{id}', {Moment(DateTimeOffset.UnixEpoch.AddYears(50))}, {claim}, 7, {attempts}, 'the node died')");
            Assert.Equal(id, Assert.Single(await Found(code)).GetProperty("finding").Text("instanceId"));
            Assert.Equal("Rearm", (await Why(id)).GetProperty("may")[0].Text("action"));
            Assert.Equal("Done", (await (await Mend(new { instanceId = id, action = "Rearm", reason = "the node is gone" })).Is(HttpStatusCode.Accepted)).Text("state"));
            Assert.Equal("0", Assert.Single(await Rows("select attempts from work where claim_token is null")));
            await Sql("delete from work");
        }

        Assert.Empty(await Found("K5"));
    }

    [Fact]
    public async Task K6_what_waits_for_nothing_does_its_step_again()
    {
        var id = await Start("wait-and-look");
        await Sql($"delete from bookmark where instance_id = '{id}'");
        await Host.TimePasses("PT10M");

        Assert.Single(await Found("K6"));
        var offer = (await Why(id)).GetProperty("may")[0];
        Assert.Equal("Redo", offer.Text("action"));
        await Mended(new { instanceId = id, action = "Redo", target = offer.Text("target"), reason = "its wait was lost" });

        Assert.Empty(await Found("K6"));
        Assert.Single(await Rows($"select id from bookmark where instance_id = '{id}'"));
    }

    [Fact]
    public async Task K7_K8_K9_what_belongs_to_nothing_is_cleaned_and_unread_mail_wakes()
    {
        var orphan = await Start("three-days");
        var bookmark = Assert.Single(await Rows($"select cast(id as text) as id from bookmark where instance_id = '{orphan}'"));
        await Sql($"delete from instance where id = '{orphan}'");
        await Host.TimePasses("PT10M");
        Assert.Single(await Found("K7"));
        await Mended(new { action = "Clean", target = bookmark, reason = "left over" });
        Assert.Empty(await Found("K7"));
        Assert.Empty(await Found("K8"));

        var other = await Start("three-days");
        bookmark = Assert.Single(await Rows($"select cast(id as text) as id from bookmark where instance_id = '{other}'"));
        await Sql($"delete from bookmark where id = '{bookmark}'");
        Assert.Single(await Found("K8"));
        await Mended(new { action = "Clean", target = bookmark, reason = "left over" });
        Assert.Empty(await Found("K8"));

        var asleep = await Start("wait-and-look");
        await Host.Restart("Relief:Runtime:Works=false");
        await (await Host.Client.PostAsJsonAsync($"/api/v1/instances/{asleep}/suspend", new { reason = "mail" })).Is(HttpStatusCode.Accepted);
        await Sql("delete from work");
        await Sql($"update clock set manual_now = {Moment(TestHost.Monday.AddDays(1))}");
        Assert.Single(await Found("K9"));
        await (await Mend(new { instanceId = asleep, action = "Rearm", reason = "unread mail" })).Is(HttpStatusCode.Accepted);
        Assert.Empty(await Found("K9"));
        await Host.Restart("Relief:Runtime:Works=true");
        await Host.TimePasses("PT0S");
        Assert.Equal("Suspended", await Status(asleep));
    }

    [Fact]
    public async Task K10_a_parent_that_sleeps_although_its_child_ended_is_told_again()
    {
        var parent = await Start("parent");
        var child = Assert.Single(await Rows($"select cast(id as text) as id from instance where parent_id = '{parent}'"));
        await Sql($"update instance set status = 8, finished_at = {Moment(TestHost.Monday)} where id = '{child}'");
        await Host.Restart("Relief:Runtime:Works=false");
        await Sql($"update clock set manual_now = {Moment(TestHost.Monday.AddHours(1))}");

        Assert.Single(await Found("K10"));
        var offer = (await Why(parent)).GetProperty("may")[0];
        Assert.Equal(("Retell", child), (offer.Text("action"), offer.GetProperty("choices")[0].Text("value")));
        // The child's own state was not ended by anybody: it cannot be told, and is not.
        Assert.Equal("Missed", (await (await Mend(new { instanceId = parent, action = "Retell", target = offer.Text("target"), to = child, reason = "asleep" })).Is(HttpStatusCode.Accepted)).Text("state"));
    }

    [Fact]
    public async Task K12_an_event_nobody_waits_for_is_given_to_an_instance_or_dropped()
    {
        var id = await Start("wait-and-look", "right");
        await (await Host.Client.PostAsJsonAsync("/api/v1/events", new { name = "go", correlationId = "wrong", keepFor = "P2D", payload = new { score = 8 } })).Is(HttpStatusCode.OK);
        await (await Host.Client.PostAsJsonAsync("/api/v1/events", new { name = "gone", correlationId = "wrong", keepFor = "P2D" })).Is(HttpStatusCode.OK);
        await Host.TimePasses("PT1H");
        var found = await Found("K12");
        Assert.Equal(2, found.Length);
        var wait = Assert.Single(await Rows($"select cast(id as text) as id from bookmark where instance_id = '{id}'"));

        await Mended(new { instanceId = id, action = "Deliver", target = Ref(found, "go ·"), to = wait, reason = "the correlation was mistyped" });
        await Mended(new { action = "Discard", target = Ref(found, "gone ·"), reason = "nobody needs it" });

        Assert.Equal("look", await Step(id));
        Assert.Empty(await Found("K12"));

        static string? Ref(JsonElement[] found, string start) => found.Select(one => one.GetProperty("finding")).Single(one => one.Text("detail")!.StartsWith(start, StringComparison.Ordinal)).Text("ref");
    }

    [Fact]
    public async Task K14_K15_K20_late_people_endless_waits_and_forgotten_suspensions_are_found()
    {
        var id = await Start("wait-and-look");
        await Host.TimePasses("P31D");
        Assert.Contains("go", Assert.Single(await Found("K15")).Text("what"), StringComparison.Ordinal);
        Assert.Equal("Skip", (await Why(id)).GetProperty("may")[0].Text("action"));
        await Agreed(new { instanceId = id, action = "Skip", target = await Run(id), to = "Done", reason = "the source says it will not come" });

        await Sql($"update task set due_at = {Moment(TestHost.Monday)} where instance_id = '{id}'");
        Assert.Single(await Found("K14"));
        await (await Host.Client.PostAsJsonAsync($"/api/v1/tasks/{await OpenTask(id)}/complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
        Assert.Empty(await Found("K14"));

        var paused = await Start("wait-and-look", "paused");
        await Mended(new { instanceId = paused, action = "Suspend", reason = "the household is away" });
        await Host.TimePasses("P4D");
        Assert.Single(await Found("K20"));
        Assert.Contains("the household is away", (await Why(paused)).GetProperty("changed").ToString(), StringComparison.Ordinal);
        await Mended(new { instanceId = paused, action = "Resume", reason = "they are back" });
        Assert.Empty(await Found("K20"));
    }

    [Fact]
    public async Task K11_K16_K19_a_missing_definition_a_hot_loop_and_a_stopped_child_are_found()
    {
        var parent = await Start("parent");
        var child = Assert.Single(await Rows($"select cast(id as text) as id from instance where parent_id = '{parent}'"));
        await Mended(new { instanceId = child, action = "Suspend", reason = "asked for by the village" });
        Assert.Equal(parent, Assert.Single(await Found("K19")).GetProperty("finding").Text("instanceId"));
        Assert.Contains(child, (await Why(parent)).GetProperty("cannotBecause").ToString(), StringComparison.Ordinal);
        await Mended(new { instanceId = child, action = "Resume", reason = "sorted out" });
        Assert.Empty(await Found("K19"));

        // As after a backup that was older than the definition: it is imported again.
        await Sql("delete from definition where definition_id = 'wait-and-look'");
        Assert.Contains("wait-and-look:1", Assert.Single(await Found("K11")).Text("what"), StringComparison.Ordinal);
        await Host.Publish(Sketches.WaitAndLook);
        Assert.Empty(await Found("K11"));

        await Host.Restart("Relief:Runtime:Works=false");
        await Sql($"update instance set seq = 300 where id = '{child}'");
        await Sql($"insert into journal (instance_id, seq, at, events, prev_hash, hash) select instance_id, 100, at, events, prev_hash, hash from journal where instance_id = '{child}' and seq = 1");
        await Sql($"insert into work (instance_id, ready_at) values ('{child}', {Moment(DateTimeOffset.UnixEpoch.AddYears(80))})");
        Assert.Single(await Found("K16"));
        Assert.Equal("Suspend", (await Why(child)).GetProperty("may")[0].Text("action"));
        await (await Mend(new { instanceId = child, action = "Suspend", reason = "it turns in circles" })).Is(HttpStatusCode.Accepted);
        await Host.Restart("Relief:Runtime:Works=true");
        await Host.TimePasses("PT11M");
        Assert.Equal("Suspended", await Status(child));
        Assert.Empty(await Found("K16"));
    }

    public sealed class OnSqlite() : StuckTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : StuckTests(StorageKind.PostgreSql);
}
