using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>A county's data matches over REST: its rules, its partners' files, and persons who are in no example.</summary>
internal static class MatchDesk
{
    /// <summary>The county's own run of May.</summary>
    public static readonly string May = RunBook.OfMonth("999900", "2026-05");

    /// <summary>A rule as it is set.</summary>
    public static object Rule(string partner, string dataSet, string kind, string warning, int severity) =>
        new { partner, dataSet, kind, warning, severity, ask = "是否需要帮助", purpose = "主动发现与动态管理", legalBasis = "示例民发〔2026〕9号" };

    /// <summary>An administrator sets the county's rules.</summary>
    public static async Task<JsonElement> SetsRules(this ReliefDesk desk, params object[] rules)
    {
        var answer = await desk.Host.Client.PutAsJsonAsync("/api/v1/match-rules", new { countyCode = "999900", rules });
        var set = await answer.Is(HttpStatusCode.OK);
        await desk.Settles();
        return set;
    }

    /// <summary>Somebody tries to hand a file in.</summary>
    /// <param name="what">The rest of the address: <c>dataSet=…&amp;version=…</c>.</param>
    public static async Task<HttpResponseMessage> TriesFile(this ReliefDesk desk, string by, (string Run, string What) to, string text)
    {
        using var client = desk.Host.With(TestHost.AdminKey, by);
        return await client.PostAsync($"/api/v1/match-runs/{to.Run}/files?{to.What}", new StringContent(text, Encoding.UTF8, "text/csv"));
    }

    /// <summary>Somebody hands a file in, and what follows has run.</summary>
    public static async Task<JsonElement> HandsIn(this ReliefDesk desk, string by, (string Run, string What) to, string text)
    {
        var receipt = await (await desk.TriesFile(by, to, text)).Is(HttpStatusCode.OK);
        await desk.Settles();
        return receipt;
    }

    /// <summary>The ID number of somebody invented, by a running number below 100.</summary>
    public static string IdNumber(int number) => string.Create(CultureInfo.InvariantCulture, $"9999991960010100{number:00}");

    /// <summary>Persons of the first village whom the register knows.</summary>
    public static Task Knows(this ReliefDesk desk, params int[] numbers) => desk.Set(async db =>
    {
        foreach (var number in numbers)
            await new PersonBook(db, desk.Key).Enter(
                new PersonEntry { Id = $"match-{number:00}", CountyCode = "999900", IdNumber = IdNumber(number), Name = "某某某", Sex = "F", BirthDate = new DateOnly(1960, 1, 1), AreaCode = "99990101" },
                new Deed("seed", ReliefDesk.On(1, 5), "match-" + number), None);
    });

    /// <summary>Somebody decides a task that is one of many of its kind.</summary>
    public static async Task Decides(this ReliefDesk desk, string by, JsonElement task, (string Outcome, object Data) said)
    {
        await (await desk.Posts(by, $"tasks/{task.Text("id")}/complete", new { outcome = said.Outcome, data = said.Data })).Is(HttpStatusCode.OK);
        await desk.Settles();
    }
}
