using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-16 over REST: a training that the labour office takes up on the sixteenth working day, and a family for which an agency's plan is agreed on at its second version.</summary>
public abstract class SC16 : IAsyncLifetime
{
    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_unit_is_reminded_then_the_leading_group_has_it_and_the_training_is_partly_a_success()
    {
        var order = await Needs(Applicant.Jiang, "job-training");
        await desk.Decides("county-officer-1", "linkage.match", "Single", new { unitId = "dept-labour" });
        Assert.Equal(EndOf(3, 16), await desk.Due("linkage"));
        await desk.Until(3, 24, 9);
        Assert.Equal(["unit:dept-labour 03-09 23:59", "unit:dept-labour 03-12 23:59"], desk.Told("linkage.remind"));
        Assert.Equal(["unit:999900 03-23 23:59"], desk.Told("linkage.escalated"));
        Assert.Single(await desk.Tasks("linkage.escalation"));
        await desk.Decides("labour-1", "linkage", "Accepted");
        Assert.Empty(await desk.Tasks("linkage.escalation"));

        await desk.Until(4, 10, 9);
        await desk.Decides("labour-1", "linkage.attendance", "Noted", new { sessions = Enumerable.Range(0, 10).Select(day => new { date = $"2026-03-{day + 22:00}", attended = day is not (2 or 5), reason = (string?)null }) });
        var sessions = await desk.List($"orders/{order}/attendance");
        Assert.Equal((8, 10), (sessions.Count(session => session.GetProperty("attended").GetBoolean()), sessions.Length));
        await desk.Decides("labour-1", "linkage.attendance", "Finished", new { reason = "取得证书" });
        await desk.Until(5, 11, 9);
        await desk.Decides("clerk-1", "linkage.followUp", "Partly", new { reason = "已应聘,尚未上岗" });
        Assert.Equal("Ended", await money.StatusOf(desk.CaseId));
        await desk.IsSound();
    }

    [Fact]
    public async Task An_agencys_plan_is_returned_once_and_agreed_on_at_its_second_version()
    {
        var order = await Needs(Applicant.Wang, "family-support");
        await desk.Decides("county-officer-1", "linkage.match", "Group", new { unitId = "PV-A" });   // no member unit: the task comes back
        await desk.Decides("county-officer-1", "linkage.match", "Group", new { unitId = "dept-health" });
        await desk.Decides("health-1", "linkage", "AgencyNeeded", new { reason = "需专业机构" });
        await desk.Decides("county-officer-1", "linkage.agency", "Chosen", new { agencyId = "PV-A" });
        await Plans();
        await desk.Decides("county-officer-1", "linkage.consensus", "Revise", new { reason = "补充措施" });
        await Plans();
        await desk.Decides("county-officer-1", "linkage.consensus", "Agreed");
        var view = await desk.Get("orders/" + order);
        Assert.Equal((2, "Agreed", "Active"), (view.GetProperty("plan").GetProperty("version").GetInt32(), view.GetProperty("plan").Text("status"), view.GetProperty("order").Text("status")));
        Assert.Equal("InService", await desk.Status());
        await desk.Event($"order:{order}:stop", new { });
        Assert.Equal("Ended", await money.StatusOf(desk.CaseId));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_finds_no_consensus_three_times_goes_before_a_conference_and_only_then_another_way()
    {
        await Needs(Applicant.Wang, "family-support");
        await desk.Decides("county-officer-1", "linkage.match", "Group", new { unitId = "dept-health" });
        await desk.Decides("health-1", "linkage", "AgencyNeeded", new { reason = "需专业机构" });
        await desk.Decides("county-officer-1", "linkage.agency", "Chosen", new { agencyId = "PV-A" });
        for (var version = 1; version <= 3; version++)
        {
            Assert.Empty(await desk.List("conferences?county=999900"));
            await Plans();
            await desk.Decides("county-officer-1", "linkage.consensus", "Revise", new { reason = "仍不一致" });
        }

        Assert.Empty(await desk.Tasks("linkage.plan"));
        var asked = Assert.Single(await desk.List("conferences?county=999900"));
        Assert.Equal((desk.CaseId, "SupplierDeadlock", "Asked"), (asked.Text("caseId"), asked.Text("situation"), asked.Text("status")));
        await desk.Decides("county-officer-1", "conference", "Resolved", new { reason = "不必会商" });
        Assert.Equal("ConferenceOpen", (await desk.Get("tasks/" + (await desk.Task("conference")).Text("id"))).GetProperty("data").Text("problem"));
        await desk.Decides("county-officer-1", "conference.request", "Refused", new { reason = "由部门另行安排" });
        await desk.Decides("county-officer-1", "conference", "Reroute", new { reason = "改由妇联承接" });
        await desk.Task("linkage.match");
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(On(3, 2, 8));
        await money.IsKnown(Applicant.Jiang);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task Plans() => desk.Decides("supplier-a", "linkage.plan", "Submitted", new { goals = "改善亲子关系", measures = new[] { "家庭辅导" } });

    private async Task<string> Needs(Applicant who, string item)
    {
        await desk.IsConfirmed(who, item, 10, "M3");
        await desk.Decides("clerk-1", "consent", "Granted", new { form = "paper" });
        return (await money.OrderOf(desk.CaseId)).Text("id")!;
    }

    public sealed class OnSqlite : SC16
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC16
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
