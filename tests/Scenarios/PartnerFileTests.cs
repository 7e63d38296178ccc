using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.MatchDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Partners' files with bad rows, sent again, sent by the wrong hands: each bad row is refused by itself, and nothing is kept twice.</summary>
public abstract class PartnerFileTests : IAsyncLifetime
{
    private const string Funeral = "dataSet=funeral&version=2026-05";

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Bad_rows_are_refused_one_by_one_and_the_rest_goes_on()
    {
        string[] lines =
        [
            "证件号码,发生日期,行政区划代码,业务编号,姓名",
            $"{IdNumber(1)},2026-04-01,99990101,F-1,某某某",
            ",2026-04-01,99990101,F-2,某某某",
            "99999919600101,2026-04-01,99990101,F-3,某某某",
            "999999600101001,2026-04-01,99990101,F-4,某某某",
            "99999919601301001X,2026-04-01,99990101,F-5,某某某",
            $"{IdNumber(2)},,99990101,F-6,某某某",
            $"{IdNumber(2)},2026-13-01,99990101,F-7,某某某",
            $"{IdNumber(2)},2026-12-01,99990101,F-8,某某某",
            $"{IdNumber(2)},2026-04-01,11010101,F-9,某某某",
            $"{IdNumber(2)},2026-04-01,99990101,13800000000,某某某",
            $"{IdNumber(2)},2026-04-01,99990101",
            $"\"{IdNumber(2)},2026-04-01,99990101,F-12,某某某",
            new string('9', 3_000),
            "",
            $"\"{IdNumber(2)}\",2026/4/2,99990101,\"F-\"\"14\"\"\",\"某,某\""
        ];

        var receipt = await desk.HandsIn("county-officer-1", (May, Funeral), "\uFEFF" + string.Join("\r\n", lines));
        string[] expected =
        [
            "3 idNumber missing", "4 idNumber malformed", "5 idNumber tooShort", "6 idNumber malformed", "7 eventOn missing", "8 eventOn malformed", "9 eventOn future", "10 areaCode unknownArea",
            "11 reference isNumber", "12 row columns", "13 row quote", "14 row tooLong"
        ];
        Assert.Equal((2, 0, 12), Counts(receipt));
        Assert.Equal(expected, receipt.GetProperty("refusals").EnumerateArray().Select(Told));
        Assert.Equal(expected, (await desk.List($"match-runs/{May}/refusals")).Select(Told));
    }

    [Fact]
    public async Task A_file_sent_again_changes_nothing_and_one_that_overlaps_brings_only_what_is_new()
    {
        var first = await desk.HandsIn("county-officer-1", (May, Funeral), $"idNumber,eventOn\n{IdNumber(1)},2026-04-01\n{IdNumber(2)},2026-04-02\n{IdNumber(2)},2026-04-02\n");
        Assert.Equal((2, 1, 0), Counts(first));
        var again = await desk.HandsIn("county-officer-1", (May, Funeral), $"idNumber,eventOn\n{IdNumber(1)},2026-04-01\n{IdNumber(2)},2026-04-02\n{IdNumber(2)},2026-04-02\n");
        Assert.Equal(first.ToString(), again.ToString());
        var more = await desk.HandsIn("county-officer-1", (May, Funeral), $"eventOn,idNumber\n2026-04-02,{IdNumber(2)}\n2026-04-03,{IdNumber(3)}\n");
        Assert.Equal((1, 1, 0), Counts(more));
        Assert.Single(await desk.Audit("match:" + May), what => what.StartsWith("MatchRunOpened", StringComparison.Ordinal));
        Assert.Equal(2, (await desk.Audit("match:" + May)).Count(what => what.StartsWith("DataSetTaken", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rows_of_a_file_that_broke_off_count_only_with_a_file_that_was_read_to_its_end()
    {
        const string Text = "idNumber,eventOn\n";
        var row = $"{Applicant.Zhang.IdNumber},2026-04-01\n";
        List<PartnerRow> broken = [];
        await foreach (var line in new PartnerFile(desk.Key, new FileShape(true, false, new HashSet<string>(), new DateOnly(2026, 5, 1))).Read(new StringReader(Text + row), None))
            broken.Add(line!.Row!);
        await desk.Set(db => new RunBook(db).Keep((May, "funeral", "broken-off"), broken, None));

        Assert.Equal((2, 0, 0), Counts(await desk.HandsIn("county-officer-1", (May, Funeral), $"{Text}{row}{IdNumber(1)},2026-04-02\n")));
        await desk.HandsIn("health-1", (May, "dataSet=disability&version=1"), "idNumber\n");
        Assert.Equal("person-zhang", Assert.Single(await desk.List($"match-runs/{May}/hits")).Text("personId"));
    }

    [Fact]
    public async Task A_run_for_which_nothing_comes_is_told_and_ends()
    {
        await desk.Until(5, 2, 3);
        Assert.Equal(["unit:999900 05-02 02:00"], desk.Told("match.failed"));
        var view = await desk.Get("match-runs/" + May);
        Assert.Equal(("Reported", "True", "0"), (view.GetProperty("run").Text("status"), view.GetProperty("run").Text("partial"), view.GetProperty("figures").Text("recheckRatio")));
        await desk.Until(6, 2, 3);
        Assert.Contains("RawDataErased system 06-01", await desk.Audit("match:" + May));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_no_file_of_theirs_is_refused_whole_and_leaves_nothing_behind()
    {
        await (await desk.TriesFile("county-officer-1", (May, Funeral), "name,eventOn\n某某某,2026-04-01\n")).Refuses(HttpStatusCode.UnprocessableEntity, "match.noHeading");
        await (await desk.TriesFile("county-officer-1", (May, Funeral), "")).Refuses(HttpStatusCode.UnprocessableEntity, "match.noHeading");
        await (await desk.TriesFile("county-officer-1", (May, Funeral), "idNumber,idNumber\n1,2\n")).Refuses(HttpStatusCode.UnprocessableEntity, "match.noHeading");
        await (await desk.TriesFile("county-officer-1", (May, Funeral), "idNumber,eventOn\nx,2026-04-01\n")).Refuses(HttpStatusCode.UnprocessableEntity, "match.nothingReadable");
        await (await desk.TriesFile("county-officer-1", (May, "dataSet=funeral&version="), "idNumber\n")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.TriesFile("county-officer-1", (May, "dataSet=other&version=1"), "idNumber\n")).Refuses(HttpStatusCode.NotFound, "match.notFound");
        await (await desk.TriesFile("county-officer-1", ("none", Funeral), "idNumber\n")).Refuses(HttpStatusCode.NotFound, "match.notFound");
        await (await desk.TriesFile("labour-1", (May, Funeral), $"idNumber,eventOn\n{IdNumber(1)},2026-04-01\n")).Refuses(HttpStatusCode.NotFound, "match.notFound");
        Assert.Empty(await desk.List($"match-runs/{May}/refusals"));
        Assert.DoesNotContain(await desk.Audit("match:" + May), what => what.StartsWith("DataSetTaken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_partner_whose_month_has_nobody_hands_in_its_heading_and_the_run_is_whole()
    {
        await desk.HandsIn("county-officer-1", (May, Funeral), "idNumber,eventOn\n");
        Assert.Equal("Collecting", (await desk.Get("match-runs/" + May)).GetProperty("run").Text("status"));
        await desk.HandsIn("health-1", (May, "dataSet=disability&version=1"), $"pseudonym\n{desk.Key.SearchHash(IdNumber(1))}\nnone\n");
        var view = await desk.Get("match-runs/" + May);
        Assert.Equal(("Reported", "False", 0), (view.GetProperty("run").Text("status"), view.GetProperty("run").Text("partial"), view.GetProperty("figures").GetProperty("hits").GetInt32()));
        await desk.IsSound();
    }

    [Fact]
    public async Task Rules_that_say_too_little_are_refused_and_the_same_again_are_no_new_version()
    {
        using var admin = desk.Board;
        Task<HttpResponseMessage> Sets(params object[] rules) => System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(admin, "/api/v1/match-rules", new { countyCode = "999900", rules });
        await (await Sets()).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Sets(Rule("dept-health", "disability", "disability", "A", 4))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Sets(Rule("nobody", "disability", "disability", "A", 1))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Sets(Rule("dept-health", "funeral", MatchRule.Death, "A", 1))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(1, (await desk.Get("match-rules?county=999900")).GetProperty("version").GetInt32());
        Assert.Equal(1, (await (await Sets(Rules)).Is(HttpStatusCode.OK)).GetProperty("version").GetInt32());
        Assert.Equal(2, (await (await Sets(Rule("dept-health", "disability", "disability", "B", 1))).Is(HttpStatusCode.OK)).GetProperty("version").GetInt32());
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(4, 20, 9);
        await desk.SetsRules(Rules);
        await desk.Until(5, 1, 2);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static object[] Rules => [Rule("county-bureau", "funeral", MatchRule.Death, "C", 3), Rule("dept-health", "disability", "disability", "A", 2)];

    private static (int Accepted, int Repeated, int Refused) Counts(JsonElement receipt) =>
        (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("repeated").GetInt32(), receipt.GetProperty("refused").GetInt32());

    private static string Told(JsonElement fault) => $"{fault.Text("line")} {fault.Text("field")} {fault.Text("reason")}";

    public sealed class OnSqlite : PartnerFileTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : PartnerFileTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
