using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Adapters;

/// <summary>Takes persons whom another platform watches, with what they need: each becomes known here once, and each need a discovery that people follow (S13).</summary>
/// <remarks>The same person with the same needs again changes nothing; a new need is a new discovery. A row that cannot be taken is refused with its field, and the rest goes on.</remarks>
internal sealed class MonitoredPersons(ReliefRecords records)
{
    private const int LongestNeeds = 500;

    /// <summary>Takes them one by one; what each became, in their order.</summary>
    public async Task<IReadOnlyList<TakenMonitored>> Take(string countyCode, IReadOnlyList<MonitoredPerson> persons, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var villages = (await new AreaQueries(db).CodesUnder(countyCode, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        List<TakenMonitored> taken = [];
        foreach (var person in persons)
            taken.Add(Fault(person, villages) is { } field ? new TakenMonitored(person.Reference, null, null, field) : await Take(countyCode, person, cancellationToken));
        return taken;
    }

    private async Task<TakenMonitored> Take(string countyCode, MonitoredPerson sent, CancellationToken cancellationToken)
    {
        var needs = sent.Needs!.Order(StringComparer.Ordinal).ToArray();
        var origin = $"{Adapter.Monitored}:{sent.Reference}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', needs))).AsSpan(0, 8))}";
        var deed = new Deed("adapter:" + Adapter.Monitored, await records.Now(cancellationToken), "monitored:" + origin);
        var found = await records.Change(async changing =>
        {
            var known = await new PersonBook(changing, records.Key).Enter(new PersonEntry
            {
                CountyCode = countyCode, IdNumber = sent.IdNumber!, Name = sent.Name!, Sex = sent.Sex!, BirthDate = sent.BirthDate!.Value, AreaCode = sent.AreaCode!
            }, deed, cancellationToken);
            return await new DiscoveryBook(changing).Register(new Discovery
            {
                Id = InstanceIds.Of("discovery:" + origin).ToString("N"), CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = known.AreaCode, Origin = DiscoveryOrigin.DataMatch, OriginId = origin, PersonId = known.Id,
                Seen = "监测平台推送：" + string.Join('、', needs), Risk = sent.IsUrgent ? DiscoveryRisk.High : DiscoveryRisk.Normal
            }, deed, cancellationToken);
        }, cancellationToken);
        await records.Flows.Start(StartInstance.Of(DiscoveryBook.StartOf(found), deed.By), cancellationToken);
        return new TakenMonitored(sent.Reference, found.PersonId, found.Id, null);
    }

    // The first field that cannot be taken.
    private static string? Fault(MonitoredPerson person, HashSet<string> villages) => person switch
    {
        { Reference: not { Length: > 0 and <= 100 } } => "reference",
        { IdNumber: not { Length: 18 } } => "idNumber",
        _ when !person.IdNumber![..17].All(char.IsAsciiDigit) || IdNumber.BirthDate(person.IdNumber) is null => "idNumber",
        { Name: not { Length: > 0 and <= 50 } } => "name",
        { Sex: not ("F" or "M") } => "sex",
        { BirthDate: null } => "birthDate",
        _ when person.AreaCode is null || !villages.Contains(person.AreaCode) => "areaCode",
        _ when person.Needs is not { Length: > 0 } || person.Needs.Any(need => need is not { Length: > 0 and <= 50 }) || person.Needs.Sum(need => need.Length) > LongestNeeds => "needs",
        _ => null
    };
}

/// <summary>Persons whom another platform watches.</summary>
/// <param name="CountyCode">The county that they live in.</param>
public sealed record SentMonitored(string? CountyCode, MonitoredPerson[]? Persons);

/// <summary>A person whom another platform watches.</summary>
/// <param name="Reference">Their number there.</param>
/// <param name="Needs">What they need, in short words.</param>
/// <param name="IsUrgent">Whether they cannot wait: then somebody asks them within 24 hours.</param>
public sealed record MonitoredPerson(string? Reference, string? IdNumber, string? Name, string? Sex, DateOnly? BirthDate, string? AreaCode, string[]? Needs, bool IsUrgent);

/// <summary>What became of a person who was sent.</summary>
/// <param name="Field">The first field that could not be taken; null when all could.</param>
public sealed record TakenMonitored(string? Reference, string? PersonId, string? DiscoveryId, string? Field);
