using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.social-work-volunteer": a team, an assessment, a plan that the household signs, a volunteer who takes money, goals met, after-care; and one that is stopped (SC-18).</summary>
public abstract class RedVestPathway : PathwayStory
{
    private const string Lead = "social-worker-zhu";
    private static readonly object[] Goals = [new { goal = "每周外出两次" }, new { goal = "参加小组活动" }, new { goal = "与邻居往来" }];
    private Town town = null!;
    private string order = "";

    public override IReadOnlyList<string> Plays => ["pathway.social-work-volunteer", "procedure.complaint", "procedure.archive"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await town.Set(db => db.InsertAll<StaffRole>([new StaffRole { Id = "duty-1:volunteer", StaffId = "duty-1", Role = "volunteer", AreaCode = "999901", ValidFrom = new DateOnly(2026, 1, 1) }], None));
        order = await Needs("person-wang");
        await Team();
        await Plan();
        await Sessions();
        await Money();
        await Reviews();
        await Stopped();
    }

    private async Task Team()
    {
        await Named(("assistant-qin", "Assistant"), ("volunteer-you", "Volunteer"));
        Assert.Empty(await town.Rows("select id from task where kind = 'redvest.assessment'"));
        await Named((Lead, "SocialWorker"));
        await town.Complete("redvest.assessment", Lead, "Assessed", new { scores = new { life = 3, health = 3, family = 2, mind = 2, social = 1, capability = 3 }, risk = "High", reason = "isolation" });
        Assert.Equal(TeamRisk.High, (await town.Read(db => db.Set<PreciseAssessment>().SingleAsync())).Risk);
    }

    private async Task Plan()
    {
        await town.Complete("redvest.plan", Lead, "Submitted", new { goals = Goals });
        await town.Complete("redvest.sign", "assistant-qin", "Returned", new { reason = "次数太多" });
        await town.Complete("redvest.plan", Lead, "Submitted", new { goals = Goals });
        await town.Complete("redvest.sign", "assistant-qin", "Agreed", new { signer = "王某某" });
        Assert.Equal(OrderStatus.Active, await Status(order));
        await town.Files("clerk-1");
    }

    // Six hours a week and no more; volunteers see what they did, never the note.
    private async Task Sessions()
    {
        await town.At(Local(3, 9));
        Assert.Null(await Held(3, 3, 4));
        Assert.Equal("VolunteerTired", await Held(3, 5, 3));
        Assert.Null(await Held(3, 6, 2));
        Assert.Null(await Held(3, 9, 6));
        Assert.All(await town.Read(db => new SessionBook(db).As("volunteer-you", order, None)), session => Assert.Null(session.Note));
        Assert.All(await town.Read(db => new SessionBook(db).As(Lead, order, None)), session => Assert.Equal("夜间独处时焦虑", session.Note));
        Assert.All(await town.Read(db => new SessionBook(db).As("clerk-1", order, None)), session => Assert.Null(session.Note));
    }

    // The volunteer is out of every team; the county looks into it, and the work goes on with another.
    private async Task Money()
    {
        await town.Publish("volunteer:" + order, new { decision = "TookMoney", volunteerId = "volunteer-you", reason = "收受50元", by = Lead });
        var ticket = Assert.Single(await town.Read(db => new TicketBook(db).Of("999900", true, None)));
        Assert.Equal(("volunteer.money", "收受50元", "999900"), (ticket.Kind, ticket.Reason, ticket.UnitCode));
        await town.Complete("ticket", "county-officer-1", "Founded", new { measures = "退还并除名" });
        await Named(("volunteer-you", "Volunteer"));   // refused: the task comes back
        Assert.Equal(["redvest.team"], await town.Rows("select kind from task where state = 1"));
        await Named(("duty-1", "Volunteer"));
    }

    private async Task Reviews()
    {
        await town.At(Local(6, 3));
        await town.Complete("redvest.review", Lead, "Adjust", new { attainment = 40, reason = "减少外出" });
        await town.Complete("redvest.plan", Lead, "Submitted", new { goals = Goals });
        await town.Complete("redvest.sign", "assistant-qin", "Agreed", new { signer = "王某某" });
        await town.At(Local(9, 4));
        await town.Complete("redvest.review", Lead, "GoalMet", new { attainment = 90 });
        Assert.Equal(OrderStatus.Ended, await Status(order));
        await town.At(Local(12, 5));
        await town.Complete("redvest.afterCare", "assistant-qin", "Done");
        Assert.Equal(["2027-03-05"], (await town.Moments("select due_at from timer")).Select(due => due.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private async Task Stopped()
    {
        order = await Needs("person-feng");
        await town.Publish($"order:{order}:stop", new { });
        Assert.Equal(OrderStatus.Cancelled, await Status(order));
    }

    private Task Named(params (string StaffId, string Role)[] members) =>
        town.Complete("redvest.team", Lead, "Named", new { members = members.Select(member => new { staffId = member.StaffId, role = member.Role }) });

    private async Task<string?> Held(int month, int day, decimal hours)
    {
        string? problem = null;
        await town.Set(async db => (_, problem) = await new SessionBook(db).Hold(
            order, new SessionForm(new DateOnly(2026, month, day), hours, "陪同外出", "夜间独处时焦虑") { VolunteerId = "volunteer-you" }, new Deed(Lead, Local(3, 9), $"session-{month}-{day}"), None));
        return problem;
    }

    private async Task<string> Needs(string personId)
    {
        var (caseId, needItemId) = await FundScene.Confirmed(town, personId, "integration", 8);
        await town.Start("pathway.social-work-volunteer", new { caseId, needItemId, personId });
        await town.Complete("consent", "clerk-1", "Granted", new { form = "paper" });
        return Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
    }

    private async Task<OrderStatus> Status(string orderId) => (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status;

    public sealed class OnSqlite : RedVestPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : RedVestPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
