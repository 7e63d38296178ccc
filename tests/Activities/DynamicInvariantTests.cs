using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what must hold when people come and go: INV-23, INV-28, and that nothing is taken away by one person alone.</summary>
public abstract class DynamicInvariantTests(StorageKind kind) : ReliefTest(kind)
{
    private static readonly DateOnly May = new(2026, 5, 1);

    private static readonly Dictionary<string, string> Townships = new() { ["99990101"] = "999901", ["99990102"] = "999901", ["99990201"] = "999902" };

    [Fact]
    public async Task INV_23_a_month_closes_only_when_everybody_has_an_outcome_whoever_tries()
    {
        await Begin();
        foreach (var person in new[] { "person-zheng", "person-new" })
            await Includes(person, new DateOnly(2026, 5, 10));
        Assert.Equal(2, await Do(db => new EntrantBook(db).Draw(County, May, ByClerk(), None)));
        Assert.Equal(2, await Do(db => new EntrantBook(db).Draw(County, May, ByClerk(), None)));   // once
        const string List = "999900-2026-05";
        await Refused("INV-23", "insert into {entrant_list} (id, county_code, created_at, created_by, month, status, closed_at) select 'x', county_code, created_at, created_by, '2026-04', 'Closed', created_at from {entrant_list}");
        Assert.False(await Do(db => new EntrantBook(db).Close(List, ByClerk(), None)));
        await Refused("INV-23", "update {entrant_list} set status = 'Closed', closed_at = created_at");
        await Refused("INV-23", "delete from {entrant}");
        await Refused("entrant_need", "update {entrant} set outcome = 'HasNeed', decided_by = 'x', decided_at = created_at");

        // Two people settle the last two at the same time, both try to close: the month closes once, and the first word stays.
        var ends = await Task.WhenAll(Ends("person-zheng", EntrantOutcome.NoNeed), Ends("person-new", EntrantOutcome.Unreachable), Ends("person-zheng", EntrantOutcome.Unreachable));
        Assert.Contains(ends, isClosed => isClosed);
        var (list, people) = (await Do(db => new EntrantBook(db).Find(List, None)), await Do(db => new EntrantBook(db).People(List, None)));
        Assert.Equal((EntrantListStatus.Closed, 2), (list!.Status, people.Count(one => one.Outcome is not null)));
        await Refused("INV-23", "update {entrant} set outcome = 'Gone'");
        await Refused("INV-23", "update {entrant_list} set status = 'Open', closed_at = null");
        await Refused("INV-23", db => db.Insert(people[0] with { Id = "late", PersonId = "person-wang", Outcome = null, DecidedAt = null, DecidedBy = null }, None));
    }

    [Fact]
    public async Task INV_28_opening_and_who_came_and_went_make_the_closing_whatever_is_put_right_back_in_time()
    {
        await Begin();
        Assert.Equal("999901 5+0+0-0-0=5, 999902 1+0+0-0-0=1", await Month(May));
        await Includes("person-zheng", new DateOnly(2026, 5, 10));
        await Do(db => new IdentityBook(db).Recategorise("person-wang", (ReliefCategory.Dibao, new DateOnly(2026, 5, 15), "e-1"), ByClerk(), None));   // another category is no exit
        await Do(db => new IdentityBook(db).Move("person-zhang", ("99990201", new DateOnly(2026, 5, 20)), ByClerk(), None));
        await Do(db => new IdentityBook(db).Move("person-feng", ("99990101", new DateOnly(2026, 5, 21)), ByClerk(), None));   // within the township nobody comes and nobody goes
        await Do(db => new IdentityBook(db).End("person-zhao", new DateOnly(2026, 5, 30), ByClerk(), None));
        Assert.Equal("999901 5+0+0-1-1=3, 999902 1+1+1-0-0=3", await Month(May));
        Assert.Equal("999901 3+0+0-0-0=3, 999902 3+0+0-0-0=3", await Month(new DateOnly(2026, 6, 1)));

        // The last day of a month is still one of the month; who leaves or dies that day is gone in the next.
        await Do(db => new IdentityBook(db).Leave("person-hua", new DateOnly(2026, 6, 30), ByClerk(), None));
        await Do(async db => await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "person-jin") with { LifeStatus = LifeStatus.Dead, DiedOn = new DateOnly(2026, 6, 15) }, None));
        Assert.Equal("999901 3+0+0-0-0=3, 999902 3+0+0-1-0=2", await Month(new DateOnly(2026, 6, 1)));
        Assert.Equal("999901 3+0+0-1-0=2, 999902 2+0+0-0-0=2", await Month(new DateOnly(2026, 7, 1)));

        // Found later: it was not the 10th of May but the 20th of April, and she had died on the 25th of May. Every month is right at once, and each closing is the next opening.
        await Do(async db => await db.Replace(await db.Set<ReliefIdentity>().SingleAsync(row => row.Id == "person-zheng:identity") with { ValidFrom = new DateOnly(2026, 4, 20) }, None));
        await Do(async db => await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "person-zheng") with { LifeStatus = LifeStatus.Dead, DiedOn = new DateOnly(2026, 5, 25) }, None));
        Assert.Equal("999901 5+0+0-0-0=5, 999902 1+1+0-0-0=2", await Month(new DateOnly(2026, 4, 1)));
        Assert.Equal("999901 5+0+0-1-1=3, 999902 2+0+1-1-0=2", await Month(May));
        Assert.Equal("person-zheng", Assert.Single(await Do(db => new RecipientQueries(db).Included(County, (new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30)), None))).PersonId);

        await Refused("INV-27", db => db.Insert(new Residence { Id = "two", CountyCode = County, CreatedAt = Morning(5, 1), CreatedBy = "x", PersonId = "person-zhang", AreaCode = "99990102", ValidFrom = new DateOnly(2026, 5, 25) }, None));
    }

    [Fact]
    public async Task Nothing_is_taken_away_by_one_person_alone_without_a_hearing_or_twice_and_what_has_ended_stays()
    {
        await Begin();
        var entry = new ChangeEntry("person-zhang", ChangeKind.Income, (ChangeOrigin.Report, "r-1"), "已就业", May);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var both = await Task.WhenAll(DoApart(db => new ChangeBook(db).Register(entry, one, ByClerk(), None)), DoApart(db => new ChangeBook(db).Register(entry, other, ByClerk(), None)));
        Assert.Equal(both[0].InstanceId, both[1].InstanceId);   // each report is one change, whoever comes first
        var stop = both[0] with
        {
            Status = ChangeStatus.Approved, Decision = ChangeDecision.Stop, StopReason = StopReason.NotEligible, Adverse = true, Reason = "收入超标", ProposedBy = "clerk-1", ProposedAt = Morning(5, 2),
            Heard = "Silent", HeardAt = Morning(5, 8), ReviewedBy = "reviewer-li", ReviewedAt = Morning(5, 9), EffectiveOn = new DateOnly(2026, 5, 31)
        };
        await Refused("person_change_second", db => db.Replace(stop with { ReviewedBy = "clerk-1" }, None));
        await Refused("person_change_adverse", db => db.Replace(stop with { ReviewedBy = null }, None));
        await Refused("person_change_adverse", db => db.Replace(stop with { HeardAt = null }, None));
        await Refused("person_change_reason", db => db.Replace(stop with { Reason = null }, None));
        await Refused("person_change_stop", db => db.Replace(stop with { Adverse = false }, None));
        await Do(db => db.Replace(stop, None));
        await Do(db => new ChangeBook(db).End(stop.Id, ChangeStatus.Applied, ByClerk(), None));
        await Refused("P12", "update {person_change} set reason = 'x'");
        await Refused("P12", "delete from {person_change}");
    }

    private async Task Begin()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 4), None));
        await Do(db => new PersonBook(db, new PersonalDataKey(new byte[32])).Enter(
            new PersonEntry { Id = "person-new", CountyCode = County, IdNumber = "999999197001010088", Name = "新某某", Sex = "F", BirthDate = new DateOnly(1970, 1, 1), AreaCode = "99990101" }, ByClerk(), None));
    }

    private Task Includes(string person, DateOnly from) => Do(db => db.Insert(new ReliefIdentity
    {
        Id = person + ":identity", CountyCode = County, CreatedAt = Morning(5, 10), CreatedBy = "seed", PersonId = person, Category = ReliefCategory.Dibao, ValidFrom = from, Evidence = "救助登记", Source = "relief-registry"
    }, None));

    private async Task<bool> Ends(string person, EntrantOutcome outcome)
    {
        await DoApart(db => new EntrantBook(db).Settle("999900-2026-05-" + person, outcome, ("问过", DiscoveryRisk.Normal), ByClerk(), None));
        return await DoApart(db => new EntrantBook(db).Close("999900-2026-05", ByClerk(), None));
    }

    private async Task<string> Month(DateOnly month)
    {
        var townships = await Do(db => new RecipientQueries(db).Month(County, Townships, month, None));
        Assert.All(townships, one => Assert.True(one.Holds));
        return string.Join(", ", townships.Select(one => $"{one.TownshipCode} {one.Opening}+{one.Included}+{one.MovedIn}-{one.Ended}-{one.MovedOut}={one.Closing}"));
    }

    public sealed class OnSqlite() : DynamicInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : DynamicInvariantTests(StorageKind.PostgreSql);
}
