using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>The versions of a county's rules for data matches: which partner's data means what (P17).</summary>
internal static class MatchRulesApi
{
    public static void MapMatchRules(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/match-rules").WithTags("Matching").RequireAuthorization(Policies.See);
        group.MapPut("/", Set).WithSummary("Set a county's rules as a new version, whole; with the first begins the monthly match")
            .WithDescription("A run keeps the version with which it was opened. The same rules again change nothing.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapGet("/", Read).WithSummary("A county's rules of a version, the newest unless one is named; none when there is no such version");
    }

    private static async Task<Results<Ok<RulesOfCounty>, ProblemHttpResult>> Set(ReliefRecords records, NewRules body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = Looked(body);
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        foreach (var unknown in await new RuleBook(db).Unknown(body.CountyCode!, [.. body.Rules!.Select(rule => rule.Partner!).Distinct()], cancellationToken))
            fields.Add("rules.partner", $"There is no organisation {unknown} in this county.");
        if (fields.Refused is { } strange)
            return strange;

        var deed = await records.DeedOf(context, cancellationToken);
        IReadOnlyList<MatchRule> rules = [.. body.Rules!.Select(rule => rule.ToRule())];
        var version = await records.Change(changing => new RuleBook(changing).Set(body.CountyCode!, rules, deed, cancellationToken), cancellationToken);
        var next = ChinaTime.DayOf(deed.At).AddMonths(1);
        var (id, key, input) = OpenMatchRun.OfMonth(body.CountyCode!, new DateOnly(next.Year, next.Month, 1));
        await records.Flows.Start(new StartInstance("procedure.datamatch", FlowJson.Of(input), deed.By) { InstanceId = id, CorrelationId = key, BusinessKey = key }, cancellationToken);
        await using var reading = records.ReadingAll();
        return TypedResults.Ok(new RulesOfCounty(version, await new RuleBook(reading).Of(body.CountyCode!, version, cancellationToken)));
    }

    private static async Task<Ok<RulesOfCounty>> Read(ReliefRecords records, string county, int? version, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var book = new RuleBook(db);
        var shown = version ?? await book.Latest(county, cancellationToken);
        return TypedResults.Ok(new RulesOfCounty(shown, await book.Of(county, shown, cancellationToken)));
    }

    private static Fields Looked(NewRules body)
    {
        var rules = body.Rules ?? [];
        return new Fields()
            .Check("countyCode", Fits(body.CountyCode, 12), "The county's code.")
            .Check("rules", rules.Count is > 0 and <= 100, "1 to 100 rules.")
            .Check("rules.dataSet", rules.All(rule => Fits(rule.DataSet, 50)) && rules.Select(rule => rule.DataSet).Distinct().Count() == rules.Count, "A code of 1 to 50 characters, each once.")
            .Check("rules.partner", rules.All(rule => Fits(rule.Partner, 50)), "The organisation that hands the data in.")
            .Check("rules.kind", rules.All(rule => Fits(rule.Kind, 50)), "What it is about, 1 to 50 characters.")
            .Check("rules.kind", rules.All(rule => rule.Kind != MatchRule.Death || rule.Warning == WarningClass.C), "A death is of class C.")
            .Check("rules.warning", rules.All(rule => rule.Warning is not null), "A, B, C or D.")
            .Check("rules.severity", rules.All(rule => rule.Severity is >= 1 and <= 3), "1 to 3.")
            .Check("rules.ask", rules.All(rule => Fits(rule.Ask, 200)), "What whoever looks is to find out, 1 to 200 characters.")
            .Check("rules.purpose", rules.All(rule => Fits(rule.Purpose, 200)), "What the data is used for, 1 to 200 characters.")
            .Check("rules.legalBasis", rules.All(rule => Fits(rule.LegalBasis, 200)), "By which law or agreement it may be, 1 to 200 characters.");
    }

    private static bool Fits(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}

/// <summary>Rules as they are set.</summary>
public sealed record NewRules(string? CountyCode, IReadOnlyList<NewRule>? Rules);

/// <summary>What a data set means.</summary>
/// <param name="Partner">The organisation that hands it in.</param>
/// <param name="DataSet">Its code.</param>
/// <param name="Kind">What it is about: death, marriage, income, disability …</param>
/// <param name="Warning">A possible new need, B possibly missed policy, C possible loss of the ground, D wrong data.</param>
/// <param name="Severity">1 to 3; 3 weighs most.</param>
/// <param name="Ask">What whoever looks is to find out, in words that give no illness away.</param>
/// <param name="Purpose">What the data is used for.</param>
/// <param name="LegalBasis">By which law or agreement it may be.</param>
public sealed record NewRule(string? Partner, string? DataSet, string? Kind, WarningClass? Warning, int Severity, string? Ask, string? Purpose, string? LegalBasis)
{
    /// <summary>It as a rule whose place is not known yet; it has been looked through.</summary>
    public MatchRule ToRule() => new()
    {
        Id = "", CountyCode = "", CreatedAt = default, CreatedBy = "", Version = 0, Partner = Partner!, DataSet = DataSet!, Kind = Kind!, Warning = Warning!.Value, Severity = Severity,
        Ask = Ask!, Purpose = Purpose!, LegalBasis = LegalBasis!
    };
}

/// <summary>A county's rules of a version.</summary>
public sealed record RulesOfCounty(int Version, IReadOnlyList<MatchRule> Items);
