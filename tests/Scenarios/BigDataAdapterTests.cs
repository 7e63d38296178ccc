using System.Net;
using System.Text;
using Relief.Flow.Host.Adapters;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The contracts with the big-data system (S05), with a platform that pushes whom it watches (S13), and with lists of price subsidies (S25).</summary>
public abstract class BigDataAdapterTests : IAsyncLifetime
{
    private AdapterDesk adapters = null!;

    private ReliefDesk desk => adapters.Desk;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_survey_is_uploaded_when_it_is_submitted_and_what_the_other_side_lost_is_sent_again_the_next_day()
    {
        await adapters.IsPolicy("surveyUpload.required", "true");
        adapters.Other.Answers("POST /surveys/surveys", OutsideAnswer.Unavailable, OutsideAnswer.Ok);
        await adapters.IsSurveyed(Applicant.Wang);
        await desk.Until(On(3, 2, 10, 1));
        var sent = adapters.Got("surveys", "surveys");
        Assert.Equal((2, Applicant.Wang.IdNumber, "Recommended"), (sent.Count, sent[0].Json.Text("idNumber"), sent[0].Json.Text("opinion")));
        Assert.Single(sent.Select(request => request.Header("Idempotency-Key")).Distinct());
        var (survey, hash) = (sent[0].Json.Text("surveyId")!, sent[0].Json.Text("hash")!);

        var reconciler = desk.Host.Part<SurveyReconciler>();
        adapters.Other.Answers("GET /surveys/surveys", OutsideAnswer.Unavailable);
        Assert.Equal(0, await reconciler.RunOnce(None));   // without a list nothing is compared
        adapters.Other.Answers("GET /surveys/surveys", Page("x-1", "1", "p2"), OutsideAnswer.Json(new { items = Array.Empty<object>() }));
        Assert.Equal((1, 0), (await reconciler.RunOnce(None), await reconciler.RunOnce(None)));
        var found = Assert.Single(await desk.List("adapters/surveys/reconciliations?county=999900"));
        Assert.Equal(("1", "1", survey, "x-1"), (found.Text("ours"), found.Text("theirs"), found.GetProperty("missing")[0].GetString(), found.GetProperty("unknown")[0].GetString()));
        Assert.Contains("after=p2", adapters.Got("surveys", "surveys", "GET")[^1].Query, StringComparison.Ordinal);
        await desk.Settles();
        Assert.Equal((3, hash), (adapters.Got("surveys", "surveys").Count, adapters.Got("surveys", "surveys")[^1].Json.Text("hash")));

        await desk.Until(On(3, 3));
        adapters.Other.Answers("GET /surveys/surveys", Page(survey, hash, null));
        await (await desk.Posts(null, "adapters/surveys/reconciliations", new { })).Is(HttpStatusCode.OK);
        Assert.Empty((await desk.List("adapters/surveys/reconciliations?county=999900"))[0].GetProperty("missing").EnumerateArray());
        Assert.Equal(3, adapters.Got("surveys", "surveys").Count);
    }

    [Fact]
    public async Task Dispatch_is_mirrored_where_policy_wants_it_and_a_mirror_that_is_away_is_nobodys_work()
    {
        await adapters.IsPolicy("dispatchMirror.required", "true");
        adapters.Other.Answers("POST /dispatch/dispatches", OutsideAnswer.Ok, OutsideAnswer.Unavailable);
        await desk.Until(On(3, 30));
        await desk.IsConfirmed(Applicant.Wang, "nursing", 3);
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "护理", lines = new[] { new { itemCode = "nursing", quantityPerMonth = 3, visitsPerMonth = 3 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("supplier-a");
        await desk.Until(On(4, 28));
        var first = adapters.Got("dispatch", "dispatches")[0].Json;
        Assert.Equal(("True", "True"), ((first.Text("visitId")!.Length > 0).ToString(), (first.Text("workerId")!.Length > 0).ToString()));
        var log = await adapters.Log("dispatch");
        Assert.Equal(["Delivered", "Dropped"], log.Select(row => row.Text("status")).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(await desk.Tasks("fallback-dispatch"));
    }

    [Fact]
    public async Task A_platform_pushes_whom_it_watches_and_each_need_is_one_discovery()
    {
        object Person(string reference, string number, params string[] needs) => new { reference, idNumber = number, name = "赵某某", sex = "F", birthDate = "1950-01-01", areaCode = "99990101", needs };
        var sent = new { countyCode = "999900", persons = new[] { Person("M-1", "999999195001010077", "助洁", "助餐"), Person("M-2", "13800000000", "助医"), Person("M-3", "999999195001010085") } };
        await (await adapters.Calls("monitored", "persons", sent, secret: "guessed")).Refuses(HttpStatusCode.Unauthorized, "adapter.badSignature");
        await (await adapters.Calls("monitored", "persons", new { countyCode = "110101", persons = Array.Empty<object>() })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        var first = (await (await adapters.Calls("monitored", "persons", sent)).Is(HttpStatusCode.OK)).Items();
        var again = (await (await adapters.Calls("monitored", "persons", sent)).Is(HttpStatusCode.OK)).Items();
        Assert.Equal([(null, false), ("idNumber", true), ("needs", true)], first.Select(row => (row.Text("field"), row.Text("personId") is null)));
        Assert.Equal((first[0].Text("personId"), first[0].Text("discoveryId")), (again[0].Text("personId"), again[0].Text("discoveryId")));
        var more = (await (await adapters.Calls("monitored", "persons", new { countyCode = "999900", persons = new[] { Person("M-1", "999999195001010077", "助浴") } })).Is(HttpStatusCode.OK)).Items()[0];
        Assert.Equal(first[0].Text("personId"), more.Text("personId"));
        Assert.Equal(2, (await desk.List("discoveries?county=999900&origin=DataMatch")).Length);
    }

    [Fact]
    public async Task A_list_of_price_subsidies_is_taken_row_by_row_and_the_same_file_again_changes_nothing()
    {
        var file = $"身份证号,月份,金额\n{Applicant.Wang.IdNumber},2026-02,45.50\n{Applicant.Zhang.IdNumber},2026-02,45.5\n{Applicant.Wang.IdNumber},2026-02,50\n999999190001010099,2026-02,45.5\n12,2026-02,1\n{Applicant.Wang.IdNumber},2月,1\n{Applicant.Wang.IdNumber},2026-03,-1\n\"x,2\n";
        var first = await (await HandsIn(file)).Is(HttpStatusCode.OK);
        Assert.Equal("4 amount otherAmount, 5 idNumber unknownPerson, 6 idNumber malformed, 7 period malformed, 8 amount malformed, 9 row quote",
            string.Join(", ", first.GetProperty("refusals").EnumerateArray().Select(row => $"{row.Text("line")} {row.Text("field")} {row.Text("reason")}")));
        Assert.Equal(("2", "6"), (first.Text("accepted"), first.Text("refused")));
        Assert.Equal(first.ToString(), (await (await HandsIn(file)).Is(HttpStatusCode.OK)).ToString());
        Assert.Equal("2", (await (await HandsIn(file + "\n")).Is(HttpStatusCode.OK)).Text("repeated"));
        var shown = Assert.Single(await desk.List("persons/person-wang/entitlements"));
        Assert.Equal(("价格临时补贴", "2026-02", "45.5"), (shown.Text("scheme"), shown.Text("period"), shown.GetProperty("amount").GetDecimal().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)));
        await (await HandsIn("a,b\n1,2\n")).Refuses(HttpStatusCode.UnprocessableEntity, "entitlement.noHeading");
        using var town = desk.Host.With(TestHost.AdminKey, "clerk-b");
        await (await town.GetAsync("/api/v1/persons/person-zhang/entitlements")).Refuses(HttpStatusCode.NotFound, "person.notFound");
    }

    public async Task InitializeAsync()
    {
        adapters = await AdapterDesk.With(Kind, "surveys", "dispatch", "monitored");
        await desk.Until(3, 2, 9);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private static OutsideAnswer Page(string survey, string hash, string? next) => OutsideAnswer.Json(new { items = new[] { new { surveyId = survey, hash } }, next });

    private async Task<HttpResponseMessage> HandsIn(string file) => await desk.Host.Client.PostAsync(
        "/api/v1/entitlements/files?county=999900&scheme=" + Uri.EscapeDataString("价格临时补贴"), new StringContent(file, Encoding.UTF8, "text/csv"));

    public sealed class OnSqlite : BigDataAdapterTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : BigDataAdapterTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
