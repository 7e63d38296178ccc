using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-18 over REST: no assessment without a social worker, notes hidden from volunteers, an adjusted plan, and a volunteer who takes 50 yuan.</summary>
public abstract class SC18 : IAsyncLifetime
{
    private const string Lead = "social-worker-zhu";
    private ReliefDesk desk = null!;
    private string order = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_red_vest_team_works_with_a_lonely_person_and_a_volunteer_who_takes_money_is_out()
    {
        await Team(("assistant-qin", "Assistant"), ("volunteer-you", "Volunteer"));
        Assert.Empty(await desk.Tasks("redvest.assessment"));
        await Team((Lead, "SocialWorker"));
        Assert.Equal(3, (await desk.List($"orders/{order}/team")).Length);
        await desk.Decides(Lead, "redvest.assessment", "Assessed", new { scores = new { life = 3, health = 3, family = 2, mind = 2, social = 1, capability = 3 }, risk = "High", reason = "isolation" });
        await Plan();
        await Sessions();

        await desk.Until(6, 3, 9);
        await desk.Decides(Lead, "redvest.review", "Adjust", new { attainment = 40, reason = "减少外出" });
        await Plan();
        Assert.Equal(2, (await desk.Get("orders/" + order)).GetProperty("plan").GetProperty("version").GetInt32());
        await desk.Event("volunteer:" + order, new { decision = "TookMoney", volunteerId = "volunteer-you", reason = "收受50元", by = Lead });
        Assert.Equal("volunteer.money", Assert.Single(await desk.List("tickets?county=999900&open=true")).Text("kind"));
        Assert.Equal(2, (await desk.List($"orders/{order}/team")).Length);
        await (await Holds(Lead, 1)).Is(HttpStatusCode.Conflict);
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2, 8));
        await desk.IsConfirmed(Applicant.Wang, "integration", 8, "M5");
        await desk.Decides("clerk-1", "consent", "Granted", new { form = "paper" });
        order = (await new PurchaseDesk(desk).OrderOf(desk.CaseId)).Text("id")!;
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // A session is written by the team's social worker; whoever else looks sees no note.
    private async Task Sessions()
    {
        await (await Holds("volunteer-you", 1)).Is(HttpStatusCode.Forbidden);
        await (await Holds(Lead, 6)).Is(HttpStatusCode.Created);
        await (await Holds(Lead, 1)).Is(HttpStatusCode.Conflict);
        Assert.Null((await Seen("volunteer-you")).Text("note"));
        Assert.Null((await Seen("clerk-1")).Text("note"));
        Assert.Equal("夜间独处时焦虑", (await Seen(Lead)).Text("note"));
    }

    private async Task Plan()
    {
        await desk.Decides(Lead, "redvest.plan", "Submitted", new { goals = new[] { new { goal = "每周外出两次" }, new { goal = "参加小组活动" }, new { goal = "与邻居往来" } } });
        await desk.Decides("assistant-qin", "redvest.sign", "Agreed", new { signer = "王某某" });
    }

    private Task Team(params (string StaffId, string Role)[] members) =>
        desk.Decides(Lead, "redvest.team", "Named", new { members = members.Select(member => new { staffId = member.StaffId, role = member.Role }) });

    private Task<HttpResponseMessage> Holds(string by, decimal hours) =>
        desk.Posts(by, $"orders/{order}/sessions", new { heldOn = "2026-03-02", hours, task = "陪同外出", note = "夜间独处时焦虑", volunteerId = "volunteer-you" });

    private async Task<System.Text.Json.JsonElement> Seen(string by) => Assert.Single((await desk.Sees(by, $"orders/{order}/sessions")).Items());

    public sealed class OnSqlite : SC18
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC18
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
