using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>A guardian who is alleged to have abused a child answers nowhere and is told nothing, wherever a guardian is asked or told; somebody else who is named is (E10).</summary>
[Trait("Proves", "E10")]
public abstract class GuardianTests(StorageKind kind) : ReliefTest(kind)
{
    private const string Child = "person-jin";
    private const string Guardian = "guardian-1";
    private const string Aunt = "guardian-2";
    private Stage stage = null!;
    private string caseId = "", orderId = "";

    [Fact]
    public async Task An_alleged_guardian_gives_no_consent_anywhere()
    {
        await IsAlleged();

        Assert.Equal("GuardianNeeded", Ended(await stage.Begin(new ConsentGate { OrderId = orderId })));
        var charity = new CharityConsent { OrderId = orderId, ProjectId = "clothes" };
        await Asks(charity, "Granted", guardian => new { form = "paper", givenBy = "guardian", guardian });
        var linkage = new LinkageConsent { LinkageId = "linkage-1" };
        await Asks(linkage, "Granted", guardian => new { form = "paper", givenBy = "guardian", guardian });
        var ground = new RecordLegalGround { OrderId = orderId };
        await Asks(ground, "Recorded", guardian => new { ground = "SelfHarmRisk", diagnosis = "d-1", guardianConsent = "c-1", costSource = "insurance", guardian });
        Ends("Assigned", await Decided(new AssignAgent { MandateId = "mandate-1" }, "Assigned", new { agentId = "agent-jiang" }));
        var mandate = new Mandate { MandateId = "mandate-1" };
        await Asks(mandate, "Given", guardian => new { givenBy = "Guardian", form = "Written", evidence = "paper-1", scope = new[] { "Hukou" }, validTo = "2026-06-01", guardian }, "agent-jiang");
    }

    [Fact]
    public async Task An_alleged_guardian_hears_nothing_until_another_person_clears_them()
    {
        await IsAlleged();
        Assert.Equal([GuardianRule.Anyone, "person:" + Guardian], GuardianRule.NotTold(await Person())!);
        Ends("Assigned", await Decided(new AssignAgent { MandateId = "mandate-1" }, "Assigned", new { agentId = "agent-jiang" }));
        Assert.DoesNotContain(stage.Notices, notice => notice.To == "person:" + Guardian);
        await stage.Begin(new TellChannel { MatterId = "app:S-1" });
        Assert.Equal("channel.byHand", stage.TaskOf<TellChannel>().Kind);   // who applied by the channel may be the guardian

        Assert.Equal("samePerson", await Clears("county-officer-1"));
        Assert.Null(await Clears("county-officer-2"));
        Assert.Equal("notAlleged", await Clears("county-officer-2"));
        Assert.Null(GuardianRule.NotTold(await Person()));
        Assert.IsType<Waiting>(await stage.Begin(new ConsentGate { OrderId = orderId }));
        Assert.Equal(BookmarkKind.Reply, Assert.Single(Assert.IsType<Waiting>(await stage.Begin(new TellChannel { MatterId = "app:S-1" })).Bookmarks).Kind);

        // Alleged again, it is the latest report that counts.
        await Do(db => new IdentityBook(db).AllegeGuardian(Child, ByClerk("county-officer-2"), None));
        Assert.Equal("samePerson", await Clears("county-officer-2"));
        Assert.Null(await Clears("county-officer-1"));
    }

    // Neither nobody nor the alleged one counts; who is named instead does.
    private async Task Asks<T>(T step, string outcome, Func<string?, object> form, string by = "clerk-1")
        where T : Activity
    {
        await stage.Begin(step);
        foreach (var guardian in new[] { null, "", Guardian })
        {
            Assert.IsType<Waiting>(await stage.Decide(step, outcome, by, form(guardian)));
            Assert.Equal((typeof(T).Name, GuardianRule.Alleged), (typeof(T).Name, stage.TaskOf<T>().Data.GetProperty("problem").GetString()));
        }

        Ends(outcome, await stage.Decide(step, outcome, by, form(Aunt)));
    }

    private async Task<ActivityResult> Decided<T>(T step, string outcome, object form)
        where T : Activity
    {
        await stage.Begin(step);
        return await stage.Decide(step, outcome, "supervisor-1", form);
    }

    private async Task IsAlleged()
    {
        stage = new Stage(InUnit) { Now = Morning(3, 24) };
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 5), None));
        await Do(async db =>
        {
            await new ParameterBook(db).WritePresets(None);
            caseId = await ConfirmedNeed.Open(db, Child, ReliefCategory.Orphan, new NeedEntry("cleaning", "清洁服务", "minor", Urgency.Normal, "清洁"));
            var need = Assert.Single(await ConfirmedNeed.Confirm(db, caseId, _ => 4, "M7"));
            orderId = Assert.IsType<OrderResult.Done>(await new OrderBook(db).Create(new OrderEntry(caseId, [need.Id], "M7", new DateOnly(2026, 4, 1), new DateOnly(2026, 12, 31)), ByClerk(), None)).Id;
            await db.Insert(new Placement { Id = orderId, CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "clerk-1", PersonId = Child }, None);
            await db.Insert(new CharityProject
            {
                Id = "clothes", CountyCode = County, CreatedAt = Morning(1, 5), CreatedBy = "seed", CharityId = "CH-1", Name = "冬衣", Kind = CharityKind.Goods, Capacity = 5,
                ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 12, 31), Contact = "窗口", IdemKey = "clothes"
            }, None);
            Assert.True(await new LinkageBook(db).Open(new ReliefLinkage
            {
                Id = "linkage-1", CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "clerk-1", AreaCode = "99990201", PersonId = Child, Need = LinkageNeed.Education, Origin = "Request", OriginId = "r-1",
                Status = LinkageStatus.Open, UnitCode = "dept-education"
            }, ByClerk(), None));
            await new MandateBook(db).Ask(new MandateEntry { CountyCode = County, AreaCode = "99990101", PersonRef = Child, Wording = "落户", RelativeRef = Guardian, CaseId = caseId }, new("clerk-1", Morning(3, 24), "mandate-1"), None);
            await db.Insert(new Channel { Id = "app", CountyCode = County, CreatedAt = Morning(1, 5), CreatedBy = "admin", Name = "池州民政", Mapping = "wechat-oa", SecretSealed = "sealed", Active = true }, None);
            await db.Insert(new ChannelMatter
            {
                Id = "app:S-1", CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "channel:app", ChannelId = "app", Number = "S-1", UserRef = "u-1", Kind = MatterKind.Application,
                RecordId = await db.Set<Application>().Where(row => row.PersonId == Child).Select(row => row.Id).SingleAsync(), Content = "signed", Tellings = 0, Ended = false
            }, None);
            await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == Child) with { GuardianId = Guardian }, None);
            await new IdentityBook(db).AllegeGuardian(Child, ByClerk("county-officer-1"), None);
        });
    }

    private Task<string?> Clears(string by) => Do(db => new IdentityBook(db).ClearGuardian(Child, ("police-1", "指认不实"), ByClerk(by), None));

    private Task<Person> Person() => Do(db => db.Set<Person>().SingleAsync(row => row.Id == Child));

    private static string Ended(ActivityResult result) => Assert.IsType<Completed>(result).Outcome;

    private static void Ends(string outcome, ActivityResult result) => Assert.Equal(outcome, Ended(result));

    public sealed class OnSqlite() : GuardianTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : GuardianTests(StorageKind.PostgreSql);
}
