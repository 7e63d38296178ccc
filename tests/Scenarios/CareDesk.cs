using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>How people of the special-hardship register come to the question of an institution, over REST.</summary>
public sealed class CareDesk(ReliefDesk desk)
{
    /// <summary>A person of the second village in the special-hardship register, with what is known of them.</summary>
    public Task IsKnown(Applicant who, params ConditionKind[] conditions) => desk.Know(who, ReliefCategory.Tekun, [.. conditions.Select(kind => (kind, (int?)null))]);

    /// <summary>From the application for a bed, and for something at home beside it, to the county's approval, within an hour: 3 000 yuan a month are above the township's limit.</summary>
    public async Task WantsABed(Applicant who, params string[] beside)
    {
        var now = (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset();
        string[] team = ["village-worker-2", "surveyor-sun"];
        await desk.Applies(who, ["bed-day", .. beside]);
        await desk.Decides("clerk-1", "completeness", "Complete");
        await desk.Decides("clerk-2", "classify", "Classified");
        await desk.Decides("clerk-1", "survey-team", "Assigned", new { team, mode = "Delegated", appointmentAt = now.AddMinutes(30) });
        await desk.Until(now.AddHours(1));
        await desk.Decides(team[0], "survey", "Submit", Signed(team[0], team[1], at: now.AddMinutes(30)));
        var needs = (await desk.Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity = 30, pathways = new[] { need.Text("itemCode") == "bed-day" ? "M2" : "M1" } }).ToArray();
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs });
        await desk.Decides("county-officer-1", "approval", "Approved", new { needs });
    }

    /// <summary>What the one open task of a kind shows.</summary>
    public async Task<JsonElement> Shown(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data");

    /// <summary>What somebody found about self-care.</summary>
    public Task IsAssessed(string suitability, params string[] failed) =>
        desk.Decides("surveyor-sun", "placement.assess", "Assessed", new { failedIndicators = failed, suitability, evidence = "report-" + failed.Length });

    /// <summary>What somebody said after both forms had been explained to them on the first of these days.</summary>
    public async Task IsAsked(string answer, object form)
    {
        await desk.Decides("clerk-1", "placement.explain", "Explained");
        await desk.Until((await desk.Get("clock")).GetProperty("now").GetDateTimeOffset().AddDays(3));
        await desk.Decides("clerk-1", "placement.consent", answer, form);
    }
}
