using Relief.Flow.Activities.Linkage;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.departmental-linkage", told for a training that a member unit takes up late, and for a family that needs an agency (SC-16).</summary>
public abstract class LinkagePathway : PathwayStory
{
    private Town town = null!;

    public override IReadOnlyList<string> Plays => ["pathway.departmental-linkage", "procedure.archive", "procedure.conference"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Training();
        await Family();
    }

    // The labour office lets ten working days pass; the leading group has it when the office answers on the sixteenth.
    private async Task Training()
    {
        var order = await Needs("person-wang", "job-training");
        await town.Complete("linkage.match", "county-officer-1", "Single", new { unitId = "dept-labour" });
        await town.At(Local(3, 16, 23, 58));
        Assert.Equal(["unit:dept-labour", "unit:dept-labour"], await Told("linkage.remind"));
        Assert.Empty(await Told("linkage.overdue"));
        await town.At(Local(3, 17));
        Assert.Equal(["unit:999900", "unit:dept-labour"], (await Told("linkage.overdue")).Order());
        await town.At(Local(3, 24));
        Assert.Equal(["unit:999900"], await Told("linkage.escalated"));
        Assert.Equal(["leading-group"], await town.Rows("select role from task where kind = 'linkage.escalation' and state = 1"));
        await town.Complete("linkage", "labour-1", "Accepted");
        await town.Files("clerk-1");
        Assert.Empty(await town.Rows("select id from task where kind = 'linkage.escalation' and state = 1"));

        await Attends(order, Local(4, 3), "2026-03-26", "2026-03-27", "2026-03-30", "2026-03-31", "-2026-04-01", "-2026-04-02");
        await town.Complete("linkage.askWhy", "clerk-1", "GoesOn", new { reason = "家中有事" });
        await Attends(order, Local(4, 14), "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-13");
        await town.Publish("attendance:" + order, new { decision = "Finished", reason = "取得证书", by = "labour-1" });
        var sessions = await town.Read(db => new AttendanceBook(db).Of(order, None));
        Assert.Equal((8, 10), (sessions.Count(session => session.Attended), sessions.Count));
        await town.At(Local(5, 15));
        await town.Complete("linkage.followUp", "clerk-1", "Partly", new { reason = "已应聘,尚未上岗" });
        Assert.Equal(OrderStatus.Ended, await Order(order));
    }

    // The health office asks for an agency; the plan is returned twice, a third time goes to a conference; in the end the goal is not met and it is stopped.
    private async Task Family()
    {
        var order = await Needs("person-zhao", "family-support");
        await town.Complete("linkage.match", "county-officer-1", "Group", new { unitId = "dept-health" });
        await town.Complete("linkage", "health-1", "AgencyNeeded", new { reason = "需专业机构" });
        await town.Complete("linkage.agency", "county-officer-1", "Chosen", new { agencyId = "PV-A" });
        foreach (var answer in new[] { "Revise", "Revise", "Revise" })
        {
            await Plans();
            await town.Complete("linkage.consensus", "county-officer-1", answer, new { reason = "补充措施" });
        }

        await town.Complete("conference.request", "county-officer-1", "Refused", new { reason = "由双方再次协商" });
        await town.Complete("conference", "county-officer-1", "Resolved", new { reason = "按会商意见修改" });
        await Plans();
        await town.Complete("linkage.consensus", "county-officer-1", "Agreed");
        Assert.Equal((4, PlanStatus.Agreed), await Plan(order));
        Assert.Equal(OrderStatus.Active, await Order(order));
        await town.Files("clerk-1");
        await town.Complete("linkage.attendance", "supplier-a", "Finished", new { reason = "辅导结束" });
        await town.At(Local(6, 16));
        await town.Complete("linkage.followUp", "clerk-1", "NotMet", new { reason = "关系未改善" });
        await town.Publish($"order:{order}:stop", new { });
        Assert.Equal(OrderStatus.Ended, await Order(order));
    }

    private Task Plans() => town.Complete("linkage.plan", "supplier-a", "Submitted", new { goals = "改善亲子关系", measures = new[] { "家庭辅导" } });

    private async Task Attends(string orderId, DateTimeOffset at, params string[] days)
    {
        await town.At(at);
        await town.Publish("attendance:" + orderId, new { decision = "Noted", sessions = days.Select(day => new { date = day.TrimStart('-'), attended = day[0] != '-' }), by = "labour-1" });
    }

    private async Task<string> Needs(string personId, string item)
    {
        var (caseId, needItemId) = await FundScene.Confirmed(town, personId, item, 10);
        await town.Start("pathway.departmental-linkage", new { caseId, needItemId, personId });
        await town.Complete("consent", "clerk-1", "Granted", new { form = "paper" });
        return Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
    }

    private Task<List<string>> Told(string template) => town.Rows($"select payload ->> 'to' from outbox where payload ->> 'template' = '{template}'");

    private async Task<OrderStatus> Order(string orderId) => (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status;

    private async Task<(int Version, PlanStatus Status)> Plan(string orderId)
    {
        var plan = (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Plan!;
        return (plan.Version, plan.Status);
    }

    public sealed class OnSqlite : LinkagePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : LinkagePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
