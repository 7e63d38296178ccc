using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.Matching;

/// <summary>Keeps the versions of a county's rules (P17).</summary>
public sealed class RuleBook(ReliefDbContext context)
{
    /// <summary>The newest version of a county; 0 when it has no rules.</summary>
    public async Task<int> Latest(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<MatchRule>().Where(row => row.CountyCode == countyCode).MaxAsync(row => (int?)row.Version, cancellationToken) ?? 0;

    /// <summary>The rules of a version, by data set.</summary>
    public async Task<IReadOnlyList<MatchRule>> Of(string countyCode, int version, CancellationToken cancellationToken) =>
        await context.Set<MatchRule>().Where(row => row.CountyCode == countyCode && row.Version == version).OrderBy(row => row.DataSet).ToListAsync(cancellationToken);

    /// <summary>The partners among these that are no organisation of the county.</summary>
    public async Task<IReadOnlyList<string>> Unknown(string countyCode, IReadOnlyList<string> partners, CancellationToken cancellationToken)
    {
        var known = await context.Set<Organisation>().Where(row => row.CountyCode == countyCode && partners.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. partners.Except(known)];
    }

    /// <summary>Writes rules as a new version, whole; rules that say what the newest says change nothing and give that back.</summary>
    public async Task<int> Set(string countyCode, IReadOnlyList<MatchRule> rules, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("match-rules:" + countyCode, cancellationToken);
        var latest = await Latest(countyCode, cancellationToken);
        if (latest > 0 && (await Of(countyCode, latest, cancellationToken)).Select(Plain).ToHashSet().SetEquals(rules.Select(Plain)))
            return latest;
        await context.InsertAll([.. rules.Select((rule, at) => rule with
        {
            Id = $"{countyCode}-{latest + 1}-{at + 1}", CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Version = latest + 1
        })], cancellationToken);
        await context.Audit("match-rules:" + countyCode, new AuditDetail("MatchRulesSet", new { version = latest + 1, dataSets = rules.Select(rule => rule.DataSet) }), deed, cancellationToken);
        return latest + 1;
    }

    private static MatchRule Plain(MatchRule rule) => rule with { Id = "", CountyCode = "", CreatedAt = default, CreatedBy = "", Version = 0 };
}
