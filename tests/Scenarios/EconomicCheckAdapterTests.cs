using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The contract with the verification centre (S12): asked once, answered by a signed callback, when asked again, or by people; and nothing is confirmed without a check (S39).</summary>
[Trait("Proves", "E16")]
public abstract class EconomicCheckAdapterTests : IAsyncLifetime
{
    private static readonly OutsideAnswer Accepted = OutsideAnswer.Json(new { accepted = true }, 202);

    private AdapterDesk adapters = null!;

    private ReliefDesk desk => adapters.Desk;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_request_is_answered_by_a_signed_callback_and_its_hits_are_heard_before_anything_is_decided()
    {
        await Begins(Accepted);
        var asked = Assert.Single(adapters.Got("econ", "checks"));
        var (who, request) = (asked.Json.GetProperty("persons")[0], asked.Json.Text("requestId")!);
        Assert.Equal((Applicant.Wang.IdNumber, "王某某", "True"), (who.Text("idNumber"), who.Text("name"), who.Text("isApplicant")));
        // It left in clear and lies here sealed.
        await using (var db = desk.Host.Records.ReadingAll())
            Assert.DoesNotContain(Applicant.Wang.IdNumber, (await new ExchangeBook(db).Get(request, None)).Body, StringComparison.Ordinal);
        Assert.Empty(await desk.Tasks("approval"));

        var hit = new { requestId = request, result = "Hit", hits = new[] { new { kind = "deposit", source = "bank", detail = "存款超出申报" } } };
        await (await adapters.Calls("econ", "results", hit, secret: "secret-of-another")).Refuses(HttpStatusCode.Unauthorized, "adapter.badSignature");
        await (await adapters.Calls("econ", "results", hit, isSigned: false)).Refuses(HttpStatusCode.Unauthorized, "adapter.unsigned");
        await (await adapters.Calls("econ", "results", hit, at: On(3, 2, 8))).Refuses(HttpStatusCode.Unauthorized, "adapter.tooOld");
        await (await adapters.Calls("econ", "results", new { requestId = request, result = "Maybe" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await adapters.Calls("econ", "results", new { requestId = "nothing", result = "Pass" })).Refuses(HttpStatusCode.NotFound, "adapter.requestUnknown");
        Assert.Equal("True", (await (await adapters.Calls("econ", "results", hit)).Is(HttpStatusCode.OK)).Text("applied"));
        await desk.Settles();
        Assert.Equal("False", (await (await adapters.Calls("econ", "results", new { requestId = request, result = "Pass" })).Is(HttpStatusCode.OK)).Text("applied"));

        var shown = (await desk.Get("tasks/" + (await desk.Task("fallback-econ")).Text("id"))).GetProperty("data");
        Assert.Equal("deposit", shown.GetProperty("hits")[0].Text("kind"));
        await desk.Decides("clerk-1", "fallback-econ", "Completed", new { result = "Pass", proof = "谈话笔录-1", objection = "为代管的邻居存款" });
        await adapters.Approves();
        Assert.Equal("Referring", await desk.Status());   // confirmed and on its way
        Assert.Equal("Delivered", Assert.Single(await adapters.Log("econ")).Text("status"));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_centre_that_is_down_is_asked_again_with_one_key_and_then_people_have_it_and_a_late_answer_changes_nothing()
    {
        await Begins(OutsideAnswer.Unavailable);
        await desk.Until(On(3, 2, 12, 35));
        Assert.Empty(await desk.Tasks("fallback-econ"));
        Assert.Equal(("Failing", "1"), ((await adapters.Health("econ")).Text("state"), (await adapters.Health("econ")).GetProperty("traffic").Text("waiting")));
        await desk.Until(On(3, 2, 12, 36));
        var asked = adapters.Got("econ", "checks");
        Assert.Equal("03-02T10:00 03-02T10:01 03-02T10:06 03-02T10:36 03-02T12:36", AdapterDesk.Times(asked));
        Assert.Single(asked.Select(request => request.Header("Idempotency-Key")).Distinct());
        var health = await adapters.Health("econ");
        Assert.Equal(("1", "1", "0"), (health.GetProperty("traffic").Text("failedSince"), health.GetProperty("traffic").Text("byHand"), health.GetProperty("traffic").Text("waiting")));
        Assert.DoesNotContain("secret-econ", health.ToString(), StringComparison.Ordinal);

        Assert.Equal("False", (await (await adapters.Calls("econ", "results", new { requestId = asked[0].Json.Text("requestId"), result = "Fail" })).Is(HttpStatusCode.OK)).Text("applied"));
        await desk.Decides("clerk-1", "fallback-econ", "Abandoned", new { reason = "无法核对" });
        await adapters.Approves();
        Assert.Equal("NoCheck", (await desk.Get("tasks/" + (await desk.Task("approval")).Text("id"))).GetProperty("data").Text("problem"));
        Assert.Equal("InReview", await desk.Status());
    }

    [Fact]
    public async Task Who_thinks_that_it_is_back_asks_anew_and_a_refusal_goes_to_people_at_once()
    {
        await Begins(new OutsideAnswer(422), OutsideAnswer.Json(new { result = "Pass" }));
        Assert.Equal("answered 422", (await desk.Get("tasks/" + (await desk.Task("fallback-econ")).Text("id"))).GetProperty("data").Text("why"));
        await desk.Decides("clerk-1", "fallback-econ", "SendAgain");
        Assert.Equal(2, adapters.Got("econ", "checks").Select(request => request.Json.Text("requestId")).Distinct().Count());
        await adapters.Approves();
        Assert.Equal("Referring", await desk.Status());   // confirmed and on its way
        Assert.Equal(["Abandoned", "Delivered"], (await adapters.Log("econ")).Select(row => row.Text("status")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_broken_answer_is_asked_for_again_with_the_same_key_and_a_slow_centre_is_asked_how_it_stands()
    {
        await Begins(OutsideAnswer.Dropped, Accepted);
        await desk.Until(On(3, 2, 10, 1));
        var asked = adapters.Got("econ", "checks");
        Assert.Equal((2, 1), (asked.Count, asked.Select(request => request.Header("Idempotency-Key")).Distinct().Count()));
        var stands = $"checks/{asked[0].Json.Text("requestId")}";
        adapters.Other.Answers("GET /econ/" + stands, Accepted, OutsideAnswer.Json(new { result = "Pass" }));
        await desk.Until(On(3, 2, 18, 1));
        Assert.Equal("03-02T14:01 03-02T18:01", AdapterDesk.Times(adapters.Got("econ", stands, "GET")));
        Assert.Single(await desk.Tasks("approval"));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_centre_that_says_nothing_for_a_working_day_loses_it_to_people()
    {
        await Begins(Accepted);
        var request = Assert.Single(adapters.Got("econ", "checks")).Json.Text("requestId");
        adapters.Other.Answers($"GET /econ/checks/{request}", new OutsideAnswer(404));
        await desk.Until(EndOf(3, 3));
        await desk.Decides("clerk-1", "fallback-econ", "Completed", new { result = "Maybe", proof = "报告" });
        Assert.Equal("ResultUnknown", (await desk.Get("tasks/" + (await desk.Task("fallback-econ")).Text("id"))).GetProperty("data").Text("problem"));
        await desk.Decides("clerk-1", "fallback-econ", "Completed", new { result = "Pass", proof = "纸质核对报告-1" });
        Assert.Equal("False", (await (await adapters.Calls("econ", "results", new { requestId = request, result = "Fail" })).Is(HttpStatusCode.OK)).Text("applied"));
        await desk.Settles();
        var done = Assert.Single(await adapters.Log("econ"));
        Assert.Equal(("ByHand", "纸质核对报告-1", "clerk-1"), (done.Text("status"), done.Text("proof"), done.Text("settledBy")));
        await adapters.Approves();
        Assert.Equal("Referring", await desk.Status());   // confirmed and on its way
    }

    public async Task InitializeAsync()
    {
        adapters = await AdapterDesk.With(Kind, "econ");
        await adapters.IsPolicy("economicCheck.required", "true");
        await desk.Until(3, 2, 9);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private Task Begins(params OutsideAnswer[] answers)
    {
        adapters.Other.Answers("POST /econ/checks", answers);
        return adapters.IsSurveyed(Applicant.Wang);
    }

    public sealed class OnSqlite : EconomicCheckAdapterTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : EconomicCheckAdapterTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
