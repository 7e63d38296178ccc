using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Whether a household is checked, what the verification centre is asked, and whether it was (S12, S39: machine and people, both).</summary>
public sealed class CheckQueries(ReliefDbContext context)
{
    /// <summary>Whether policy wants a check before a decision on this case.</summary>
    public async Task<bool> IsRequired(Case found, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await new ParameterQueries(context).Find("economicCheck.required", found.AreaCode, ChinaTime.DayOf(now), cancellationToken))?.Value == "true";

    /// <summary>Whether a check that policy wants has not been answered, by the centre or by people with a proof: then nothing is confirmed.</summary>
    public async Task<bool> IsMissing(string caseId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await context.Set<Case>().SingleAsync(row => row.Id == caseId, cancellationToken);
        if (!await IsRequired(found, now, cancellationToken))
            return false;
        var checks = await new ExchangeBook(context).About(Adapter.Economic, caseId, cancellationToken);
        return !checks.Any(check => check.CreatedAt == checks[0].CreatedAt && check.Status is (ExchangeStatus.Delivered or ExchangeStatus.ByHand));
    }

    /// <summary>The hits of the latest check; none when there are none.</summary>
    public async Task<IReadOnlyList<CheckHit>> Hits(string caseId, CancellationToken cancellationToken) =>
        (await new ExchangeBook(context).About(Adapter.Economic, caseId, cancellationToken)).FirstOrDefault(check => check.Answer is not null) is { Answer: { } answer }
            && CheckAnswer.Read(JsonElement.Parse(answer)) is { } read ? read.Hits : [];

    /// <summary>What the centre is asked: the whole household, ID numbers sealed until it leaves.</summary>
    public async Task<ExchangeEntry> Request(CaseScene scene, CancellationToken cancellationToken)
    {
        var person = await context.Set<Person>().SingleAsync(row => row.Id == scene.Case.PersonId, cancellationToken);
        var household = person.HouseholdId is { } id
            ? await context.Set<Person>().Where(row => row.HouseholdId == id && row.LifeStatus != LifeStatus.Dead).OrderBy(row => row.Id).ToListAsync(cancellationToken)
            : [person];
        var body = ExchangeEntry.Of(new { caseNumber = scene.Case.Number, purpose = "社会救助家庭经济状况核对" });
        body["persons"] = new JsonArray([.. household.Select(member => (JsonNode)new JsonObject { ["name"] = member.Name, ["idNumber"] = Departures.Sealed(member.IdNumberSealed), ["isApplicant"] = member.Id == person.Id })]);
        return new ExchangeEntry(Adapter.Economic, "Check", scene.Subject, body)
        {
            CountyCode = scene.County, CaseId = scene.Case.Id, PersonId = person.Id, Path = "checks", LegalBasis = "《社会救助暂行办法》第五十八条"
        };
    }
}
