using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>3.0.6 and 3.3 as one table: each interrupt is raised against all seven pathways where they wait, on one clock.</summary>
public abstract class InterruptTests
{
    private const string InService = "M1 Active, M2 Active, M3 Active, M4 Active, M5 Active, M6 Active, M7 Accepted";
    private const string Paused = "M1 Paused, M2 Paused, M3 Paused, M4 Paused, M5 Paused, M6 Paused, M7 Accepted";
    private const string Over = "M1 Ended, M2 Ended, M3 Ended, M4 Ended, M5 Ended, M6 Ended, M7 Cancelled";
    private const string Zhang = "person-zhang";
    private const string Zhao = "person-zhao";
    private const string Hua = "person-hua";
    private Town town = null!;
    private SevenPathways seven = null!;
    private int reports;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task Every_pathway_honours_every_interrupt()
    {
        await using (town = await Town.Open(Kind, Local(3, 24)))
        {
            seven = new SevenPathways(town);
            await seven.Begin(Zhang, Zhao, Hua);
            foreach (var person in new[] { Zhang, Zhao, Hua })
                Assert.Equal(InService, await seven.States(person));

            await Infection();
            await Hospital();
            await AFalseDeath();
            await AMove();
            await ATrueDeath();
            await ConsentTakenBack();
            await IdentityLost();
        }
    }

    // E11: nobody comes without protection, and what another cause paused is not what clearance resumes.
    private async Task Infection()
    {
        await town.Start("procedure.infection", new { caseId = seven.CaseOf(Zhang), personId = Zhang });
        Assert.Equal(Paused, await seven.States(Zhang));
        Assert.Empty(await Planned(Zhang));
        Assert.Equal(["unit:INST-1", "unit:PV-A", "unit:dept-labour", "unit:station-1"], (await Told("order.paused")).Order(StringComparer.Ordinal));
        await town.Complete("infection.report", "clerk-1", "Done", new { reference = "cdc-1" });
        await town.Complete("infection.clear", "clerk-1", "Done", new { reference = "clear-1" });
        Assert.Equal(InService, await seven.States(Zhang));
    }

    // E21: over two Mondays of sample calls and fourteen days of silence nobody is called, visited or re-paired.
    private async Task Hospital()
    {
        await Reported(Zhang, "Hospital");
        await town.Complete("change.propose", "clerk-1", "Suspend", new { reason = "住院", until = "2026-04-20" });
        Assert.Equal(Paused, await seven.States(Zhang));
        await town.At(Local(4, 20));
        Assert.Equal(Paused, await seven.States(Zhang));
        Assert.Equal(2, (await town.Rows("select id from task where kind = 'help.visit'")).Count);   // of the two others
        await town.At(Local(4, 21, 1));
        Assert.Equal(InService, await seven.States(Zhang));
        Assert.NotEmpty(await Planned(Zhang));
    }

    // E02: a report pauses visits and money, and a retraction restores all of it.
    private async Task AFalseDeath()
    {
        await town.Start("procedure.death", new { personId = Zhang, caseId = seven.CaseOf(Zhang), diedOn = "2026-04-20", source = "dataMatch" }, subject: "person:" + Zhang);
        Assert.Equal(Paused, await seven.States(Zhang));
        await town.Complete("death", "clerk-1", "DeathRetracted", new { evidence = "见到本人" });
        Assert.Equal(InService, await seven.States(Zhang));
        Assert.Equal(InService, await seven.States(Zhao));
    }

    private async Task ATrueDeath()
    {
        await town.Start("procedure.death", new { personId = Zhao, caseId = seven.CaseOf(Zhao), diedOn = "2026-04-20", source = "family" }, subject: "person:" + Zhao);
        Assert.Equal(Paused, await seven.States(Zhao));
        var told = await TellsOf(Zhao);
        await town.Complete("death", "clerk-1", "PersonDied", new { evidence = "死亡证明" });
        await IsOver(Zhao, new DateOnly(2026, 4, 20));
        Assert.Empty(await town.Rows($"select id from instance where subject_id = 'person:{Zhao}' and finished_at is null"));
        Assert.Equal("Closed", await CaseStatus(Zhao));
        await town.At(Local(5, 4));   // INV-19: nothing fires, nobody is told
        Assert.Empty((await TellsOf(Zhao)).Except(told));   // what was delivered long ago is swept
        Assert.Contains("unit:PV-A", await Told("order.stopped"));
    }

    private async Task AMove()
    {
        await Reported(Hua, "Address");
        await Stops("迁往外县", "Moved", "2026-04-20");
        await IsOver(Hua, new DateOnly(2026, 4, 20));
        await town.Complete("change.package", "clerk-1", "Refused");   // no package: the case closes all the same
        Assert.Equal("Closed", await CaseStatus(Hua));
    }

    // E20: what rests on a consent ends, what a law delegates goes on.
    private async Task ConsentTakenBack()
    {
        await town.Start("procedure.consent", new { personId = Zhang, form = "paper", by = "clerk-1" });
        Assert.Equal("M1 Active, M2 Active, M3 Ended, M4 Ended, M5 Ended, M6 Ended, M7 Cancelled", await seven.States(Zhang));
        Assert.All(await town.Read(db => db.Set<DataConsent>().Where(row => row.PersonId == Zhang).ToListAsync()), consent => Assert.NotNull(consent.WithdrawnAt));
        await town.Complete("consent.answer", "clerk-1", "Answered", new { answer = "已停止" });
    }

    private async Task IdentityLost()
    {
        await Reported(Zhang, "CategoryChange");
        await Stops("家庭收入超过标准", "NotEligible", null);
        await town.At(Local(6, 1));
        Assert.Equal(Over, await seven.States(Zhang));
    }

    // No visit, no pair, no place on a list, nobody in a bed, no sheet.
    private async Task IsOver(string person, DateOnly last)
    {
        Assert.Equal(Over, await seven.States(person));
        Assert.Empty(await Planned(person));
        Assert.DoesNotContain(await town.Read(db => db.Set<Pair>().Where(row => row.PersonId == person).ToListAsync()), pair => pair.Status is PairStatus.Active or PairStatus.Proposed);
        Assert.Equal([NominationStatus.Withdrawn], await town.Read(db => db.Set<Nomination>().Where(row => row.PersonId == person).Select(row => row.Status).ToListAsync()));
        var placement = await seven.OrderOf(person, "M2");
        Assert.Equal(last, await town.Read(db => db.Set<Placement>().Where(row => row.Id == placement).Select(row => row.LeftOn).SingleAsync()));
        Assert.DoesNotContain(await town.Read(db => db.Set<NoticeRecord>().Where(row => row.PersonId == person).ToListAsync()), notice => notice.Status == NoticeStatus.Posted);
    }

    private async Task Stops(string reason, string why, string? effectiveOn)
    {
        await town.Complete("change.propose", "clerk-1", "Stop", new { reason, stopReason = why, effectiveOn });
        await town.Complete("change.hear", "clerk-1", "Agrees", new { note = "同意" });
        await town.Complete("change.review", "reviewer-li", "Approved");
    }

    private async Task Reported(string person, string kind)
    {
        var origin = "report-" + ++reports;
        await town.Start("procedure.change", new { personId = person, kind, origin = "Report", originId = origin, seen = "情况有变", by = "clerk-1" }, InstanceIds.Of("change:Report:" + origin), "person:" + person);
    }

    private Task<List<string>> Planned(string person) => town.Read(db => db.Set<VisitSlot>()
        .Where(row => row.PersonId == person && (row.Status == VisitStatus.Scheduled || row.Status == VisitStatus.Dispatched)).Select(row => row.Id).ToListAsync());

    private Task<List<string>> Told(string template) => town.Rows($"select payload ->> 'to' from outbox where payload ->> 'template' = '{template}'");

    private Task<List<string>> TellsOf(string person) => town.Rows($"select id from outbox where payload ->> 'to' = 'person:{person}'");

    private async Task<string> CaseStatus(string person) => (await town.Read(db => db.Set<Relief.Flow.Activities.Cases.Case>().SingleAsync(row => row.PersonId == person))).Status.ToString();

    public sealed class OnSqlite : InterruptTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : InterruptTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
