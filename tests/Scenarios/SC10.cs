using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-10 and P25 over REST: a denial with its rules and proof, an appeal that somebody else reviews, a new survey and another decision beside the first; another body; what is refused.</summary>
[Trait("Proves", "E14")]
public abstract class SC10 : IAsyncLifetime
{
    private static readonly Applicant Zheng = new("郑某某", "M", new DateOnly(1985, 3, 9), "06", "99990201", "Margin");
    private static readonly string[] Team = ["village-worker-3", "county-officer-2"];
    private static readonly object Delivered = new { deliveryProof = "EMS-2" };

    private ReliefDesk desk = null!;
    private string denial = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_denial_is_appealed_against_on_day_20_surveyed_anew_and_changed_and_both_decisions_stay()
    {
        await IsDenied();
        var first = Assert.Single(await Decisions());
        Assert.Equal(("Denied", "NoCategory", "EMS-1", "2026-05-19"), (first.Text("outcome"), first.Text("reasonCode"), first.Text("deliveryProof"), first.Text("appealBy")));
        Assert.Contains("R3.category", first.Text("ruleTrace"), StringComparison.Ordinal);

        await desk.Until(4, 9, 9);
        var filed = await Appeals("Person", null);
        Assert.Equal((false, "2026-05-19"), (filed.GetProperty("isLate").GetBoolean(), filed.Text("until")));
        Assert.Contains(DeniedCase.AppealOpen, await Flags());
        Assert.Equal(["person:person-zheng 04-09 09:00"], desk.Told("appeal.received"));
        await FileIsHeld(filed.Text("appealId")!);

        // The township has nobody but who denied: the county reviews, by somebody who did not survey either.
        Assert.Equal(("999900", EndOf(4, 23)), ((await desk.Task("appeal.review")).Text("unit"), await desk.Due("appeal.review")));
        foreach (var involved in new[] { "reviewer-b", "county-officer-2" })
            await (await desk.Tries(involved, "appeal.review", "Resurvey", new { reason = "病情未查清" })).Is(HttpStatusCode.Forbidden);
        await desk.Decides("county-officer-1", "appeal.review", "Resurvey", new { reason = "病情未查清" });

        await desk.Set(async db =>
        {
            await db.Insert(new ReliefIdentity { Id = "zheng-margin", CountyCode = "999900", CreatedAt = On(4, 10), CreatedBy = "register", PersonId = "person-zheng", Category = ReliefCategory.Margin, ValidFrom = new DateOnly(2026, 4, 10), Evidence = "doc-7", Source = "register" }, None);
            await db.Insert(new PersonCondition { Id = "zheng-ill", CountyCode = "999900", CreatedAt = On(4, 10), CreatedBy = "register", PersonId = "person-zheng", Kind = ConditionKind.SeriousIllness, Evidence = "doc-8", Confidential = false }, None);
        });
        await Surveyed(4, 10);
        await desk.Decides("reviewer-b", "approval", "Approved", new { needs = await Needs() });
        await desk.Decides("clerk-b", "appeal.answer", "Answered", Delivered);

        var matter = await Matter(filed);
        Assert.Equal(("Resurvey", "county-officer-1", "Changed", "EMS-2"), (matter.Text("result"), matter.Text("reviewedBy"), matter.Text("outcome"), matter.Text("deliveryProof")));
        var decisions = await Decisions();
        Assert.Equal(["Denied", "Confirmed"], decisions.Select(one => one.Text("outcome")));
        Assert.Equal(first.GetRawText(), decisions[0].GetRawText());
        Assert.Equal(decisions[1].Text("id"), matter.Text("newDecisionId"));
        Assert.DoesNotContain(DeniedCase.AppealOpen, await Flags());
        var figures = await desk.Get("appeals/figures?county=999900&from=2026-03-01&to=2026-04-30");
        Assert.Equal((1, 1, 1, 1), (Count(figures, "decisions", "Denied"), Count(figures, "decisions", "Confirmed"), Count(figures, "outcomes", "Changed"), figures.GetProperty("denialsChanged").GetInt32()));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_upheld_goes_to_another_body_which_takes_its_time_and_has_the_case_reviewed_anew()
    {
        await IsDenied();
        var filed = await Appeals("Person", null);
        await desk.Decides("county-officer-1", "appeal.review", "Upheld", new { reason = "事实清楚" });
        await (await Posts("clerk-b", new { about = "Decision", targetId = denial, kind = "Agent", @ref = "nothing", wording = "不服" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.Decides("clerk-b", "appeal.answer", "Answered", Delivered);
        Assert.Equal("Denied", await desk.Status());

        var external = $"appeals/{filed.Text("appealId")}/external";
        await (await desk.Posts("clerk-b", external, new { kind = "Reconsideration", body = "示例县人民政府", reference = "FY 1", filedOn = "2026-03-20" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.Until(4, 20, 9);
        var track = (await (await desk.Posts("clerk-b", external, new { kind = "Reconsideration", body = "示例县人民政府", reference = "FY-1", filedOn = "2026-04-20" })).Is(HttpStatusCode.OK)).GetProperty("tracks")[0];
        Assert.Equal("2026-06-19", track.Text("dueOn"));
        Assert.Equal("2026-07-19", (await Puts(external + "/FY-1", new { extendedOn = "2026-06-10" })).GetProperty("tracks")[0].Text("dueOn"));

        // The window is over, and the case is still there for what the other body says.
        await desk.Until(6, 25, 9);
        Assert.Equal("Denied", await desk.Status());
        await Puts(external + "/FY-1", new { result = "Revoked", resultOn = "2026-06-25", note = "责令重新作出决定" });
        await desk.Settles();
        Assert.Equal("InReview", await desk.Status());
        await desk.Decides("reviewer-b", "approval", "Rejected", new { reasonCode = "NoCategory", reasons = "仍不属于四类对象" });
        await desk.Decides("clerk-b", "denial-letter", "Delivered", new { deliveryProof = "EMS-3" });
        await desk.Decides("clerk-b", "appeal.answer", "Answered", Delivered);
        Assert.Equal("Revoked", (await Matter(filed)).Text("outcome"));
        Assert.Equal(["Denied", "Denied"], (await Decisions()).Select(one => one.Text("outcome")));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_comes_late_is_admitted_for_a_reason_what_is_taken_back_ends_and_what_is_no_appeal_is_refused()
    {
        await IsDenied();
        foreach (var wrong in new object[]
        {
            new { about = "Decision", targetId = denial, kind = "Person" }, new { about = "Decision", targetId = denial, kind = "Supplier", wording = "不服" },
            new { about = "Decision", targetId = denial, kind = "Public", @ref = "caller-1", wording = "不服" }, new { about = "Decision", targetId = denial, kind = "Agent", @ref = "13800000000", wording = "不服" }
        })
            await (await Posts("clerk-b", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Posts("clerk-b", new { about = "Line", targetId = "nothing", kind = "Supplier", wording = "不服" })).Refuses(HttpStatusCode.NotFound, "appeal.targetNotFound");

        // On the last day it is in time; the case waits for it beyond that day. The same appellant again is the same matter.
        await desk.Until(5, 19, 20);
        var filed = await Appeals("Person", null);
        Assert.False(filed.GetProperty("isLate").GetBoolean());
        Assert.Equal(filed.Text("appealId"), (await Appeals("Person", null)).Text("appealId"));
        await desk.Until(5, 21, 9);
        Assert.Equal("Denied", await desk.Status());
        var view = await desk.Get("appeals/" + filed.Text("appealId"));
        var party = Assert.Single(view.GetProperty("parties").EnumerateArray());
        await (await desk.Posts("clerk-b", $"appeals/{filed.Text("appealId")}/withdrawal", new { partyId = "nobody" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("clerk-b", $"appeals/{filed.Text("appealId")}/withdrawal", new { partyId = party.Text("id") })).Is(HttpStatusCode.OK);
        await desk.Settles();
        Assert.Equal(("Withdrawn", "Closed"), ((await Matter(filed)).Text("outcome"), await desk.Status()));
        await (await Posts("clerk-b", new { about = "Decision", targetId = denial, kind = "Person", wording = "不服" })).Is(HttpStatusCode.Accepted);   // a repeat of who is known: the same matter
        Assert.Single(await desk.List("appeals?county=999900"));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // Denied on 20 March; the letter is delivered the same day.
    private async Task IsDenied()
    {
        await desk.Applies(Zheng, "home-care");
        await desk.Decides("clerk-b", "completeness", "Complete");
        await desk.Decides("clerk-b", "classify", "Classified");
        await Surveyed(3, 20);
        await desk.Decides("reviewer-b", "approval", "Rejected", new { reasonCode = "NoCategory", reasons = "不属于四类对象" });
        Assert.Equal(EndOf(3, 25), await desk.Due("denial-letter"));
        await desk.Decides("clerk-b", "denial-letter", "Delivered", new { deliveryProof = "EMS-1" });
        denial = Assert.Single(await Decisions()).Text("id")!;
    }

    private async Task Surveyed(int month, int day)
    {
        await desk.Decides("clerk-b", "survey-team", "Assigned", new { team = Team, mode = "Township", appointmentAt = On(month, day, 15) });
        await desk.Until(month, day, 16);
        await desk.Decides(Team[0], "survey", "Submit", Signed(Team[0], Team[1], at: On(month, day, 15)));
    }

    private async Task<JsonElement> Appeals(string kind, string? reference)
    {
        var answer = await (await Posts("clerk-b", new { about = "Decision", targetId = denial, kind, @ref = reference, wording = "我患有重病" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        return answer;
    }

    private Task<HttpResponseMessage> Posts(string by, object body) => desk.Posts(by, "appeals", body);

    private async Task<JsonElement> Puts(string address, object body)
    {
        using var client = desk.Host.With(TestHost.AdminKey, "clerk-b");
        return await (await client.PutAsJsonAsync("/api/v1/" + address, body)).Is(HttpStatusCode.OK);
    }

    // INV-11, INV-25, E14: the database itself says no.
    private async Task FileIsHeld(string appealId)
    {
        await Refuses("E14", () => desk.Set(db => db.Set<NeedItem>().Where(need => need.CaseId == desk.CaseId).ExecuteDeleteAsync()));
        await Refuses("E14", () => desk.Set(db => db.Set<Case>().Where(row => row.Id == desk.CaseId).ExecuteDeleteAsync()));
        await Refuses("INV-25", () => desk.Set(db => db.Set<DecisionRecord>().Where(row => row.Id == denial).ExecuteDeleteAsync()));
        await Refuses("INV-25", () => desk.Set(db => db.Set<Appeal>().Where(row => row.Id == appealId).ExecuteDeleteAsync()));
        await Refuses("INV-25", () => desk.Set(db => db.Set<DecisionRecord>().Where(row => row.Id == denial).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReasonCode, "Other"))));
        await Refuses("P25", () => desk.Set(async db => await db.Replace((await new AppealBook(db).Get(appealId, None)) with { Result = AppealResult.Upheld, Reasons = "x", ReviewedBy = "reviewer-b", ReviewedAt = On(4, 9) }, None)));
    }

    private static async Task Refuses(string code, Func<Task> change) => Assert.Contains(code, (await Assert.ThrowsAnyAsync<Exception>(change)).ToString(), StringComparison.Ordinal);

    private Task<JsonElement[]> Decisions() => desk.List($"cases/{desk.CaseId}/decisions");

    private async Task<JsonElement> Matter(JsonElement filed) => (await desk.Get("appeals/" + filed.Text("appealId"))).GetProperty("appeal");

    private async Task<object[]> Needs() => [.. (await desk.Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity = 8, pathways = new[] { "M1" } })];

    private async Task<string[]> Flags() => [.. (await desk.Case()).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];

    private static int Count(JsonElement figures, string of, string word) => figures.GetProperty(of).TryGetProperty(word, out var count) ? count.GetInt32() : figures.GetProperty(of).GetProperty(char.ToLowerInvariant(word[0]) + word[1..]).GetInt32();

    public sealed class OnSqlite : SC10
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC10
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
