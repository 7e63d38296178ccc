using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Outreach;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Activities.Surveys;
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
        await Do(db => new GuardianBook(db).Allege(Child, ByClerk("county-officer-2"), None));
        Assert.Equal("samePerson", await Clears("county-officer-2"));
        Assert.Null(await Clears("county-officer-1"));
    }

    [Fact]
    public async Task What_an_alleged_guardian_refused_does_not_count_not_even_when_it_comes_to_light_while_the_offer_stands()
    {
        await IsAlleged();
        var review = new RefusalReview(Database) { CaseId = caseId };
        await stage.Begin(review);
        Ends("Safeguarding", await Refuses(review, null));
        await stage.Begin(new SafeguardingReport(Database) { CaseId = caseId });
        Assert.Equal(GuardianRule.Alleged, stage.TaskOf<SafeguardingReport>().Data.GetProperty("guardian").GetString());

        await stage.Begin(review);
        Assert.IsType<Waiting>(await Refuses(review, Aunt));
        Ends("Respected", await stage.Arrives(review, "offer.due"));

        Assert.Null(await Clears("county-officer-2"));
        await stage.Begin(review);
        Assert.IsType<Waiting>(await Refuses(review, null));
        await Do(db => new GuardianBook(db).Allege(Child, ByClerk("county-officer-1"), None));
        Ends("Safeguarding", await stage.Arrives(review, "offer.due"));
        Assert.Equal(2, await Do(db => db.Set<AuditEvent>().CountAsync(row => row.Subject == "case:" + caseId && row.What == "RefusalNotCounted")));
    }

    [Fact]
    public async Task Whom_the_records_name_is_not_sought_again_and_an_alleged_one_is_not_taken()
    {
        await IsAlleged();
        await Do(db => db.Insert(new Discovery
        {
            Id = "discovery-1", CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "clerk-1", AreaCode = "99990201", Origin = DiscoveryOrigin.Report, Channel = DiscoveryChannel.Community, OriginId = "r-1", PersonId = Child, Seen = "独自在家",
            Risk = DiscoveryRisk.Normal
        }, None));
        var seeks = new SeekGuardian { DiscoveryId = "discovery-1" };
        await stage.Begin(seeks);
        Assert.IsType<Waiting>(await stage.Decide(seeks, "GuardianFound", "village-worker-2", new { guardianRef = Guardian }));
        Assert.Equal(GuardianRule.Alleged, stage.TaskOf<SeekGuardian>().Data.GetProperty("problem").GetString());
        Assert.Null(await Clears("county-officer-2"));
        Ends("GuardianFound", await stage.Begin(seeks));
        Assert.Equal(Guardian, (await Do(db => new DiscoveryQueries(db).Get("discovery-1", None))).GuardianRef);
    }

    [Fact]
    public async Task A_guardian_is_an_adult_of_the_county_who_decides_alone_for_who_does_not_and_a_court_puts_another_in_the_place_of_an_alleged_one()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 5), None));
        await Do(async db => await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "person-zhao") with { LifeStatus = LifeStatus.Dead }, None));
        await Do(async db => await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "person-wang") with { GuardianId = "person-feng" }, None));   // of age lately
        Assert.Equal("notNeeded", await Names("person-zhang", Zheng));
        Assert.Null(await Names("person-zhang", Zheng, GuardianGround.CourtDecision, LegalCapacity.None));
        Assert.Null(await Names("person-feng", Zheng, GuardianGround.CourtDecision, LegalCapacity.Limited));
        foreach (var (guardian, why) in new[] { (Child, "self"), ("nobody", "unknown"), ("person-zhao", "dead"), ("person-zhang", "incapable") })
            Assert.Equal(why, await Names(Child, guardian));
        Assert.Equal("minor", await Names("person-zhang", Child));
        Assert.Equal("circle", await Names("person-feng", "person-wang"));
        Assert.Equal("notAdult", await Names(Child, Zheng, GuardianGround.CourtDecision, LegalCapacity.Limited));

        Assert.Null(await Names(Child, Zheng));
        Assert.Null(await Names(Child, Zheng));   // again: nothing changes
        Assert.Equal("needed", await Names(Child, null, GuardianGround.CourtDecision));
        await Do(db => new GuardianBook(db).Allege(Child, ByClerk("county-officer-1"), None));
        Assert.Equal("alleged", await Names(Child, "person-hua", GuardianGround.Agreement));
        Assert.Equal("alleged", await Names(Child, Zheng, GuardianGround.CourtDecision));
        Assert.Null(await Names(Child, "person-hua", GuardianGround.CourtDecision));
        var child = await Person();
        Assert.Equal((null, null, GuardianRule.Alleged), (GuardianRule.Problem(child, null), GuardianRule.Problem(child, "person-hua"), GuardianRule.Problem(child, Zheng)));
        Assert.Equal([GuardianRule.Anyone, "person:" + Zheng], GuardianRule.NotTold(child)!);
        // She is alleged as well: each allegation is cleared by itself, and not by who reported it.
        await Do(db => new GuardianBook(db).Allege(Child, ByClerk("county-officer-2"), None));
        Assert.Equal("samePerson", await Clears("county-officer-2"));
        Assert.Null(await Clears("county-officer-1"));
        Assert.Equal("samePerson", await Clears("county-officer-1"));
        Assert.Equal([Zheng], (await Person()).AllegedGuardians);

        Assert.Null(await Names("person-zhang", null, GuardianGround.CourtDecision, LegalCapacity.Full));
        Assert.Equal("notNeeded", await Names("person-zhang", Zheng));
        await Do(db => new IdentityBook(db).ComeOfAge(Child, ByClerk(), None));
        Assert.Equal((null, null, null), await Person() is var grown ? (grown.GuardianId, grown.GuardianGround, grown.GuardianPaper) : default);
        Assert.Equal(["GuardianNamed", "GuardianAlleged", "GuardianNamed", "GuardianAlleged", "GuardianCleared", "CameOfAge"],
            (await Do(db => db.Set<AuditEvent>().Where(row => row.Subject == "person:" + Child).OrderBy(row => row.Sequence).Select(row => row.What).ToListAsync())).Where(what => what != "PersonEntered"));
    }

    [Fact]
    public async Task Two_who_are_named_each_other_s_guardian_at_once_are_not_both()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 5), None));
        Task<string?> Apart(string person, string guardian) =>
            Task.Run(() => DoApart(db => new GuardianBook(db).Name(person, new GuardianEntry(guardian, GuardianGround.CourtDecision, "判决-1", LegalCapacity.None), ByClerk(), None)));

        var answers = await Task.WhenAll(Apart("person-zhang", "person-hua"), Apart("person-hua", "person-zhang"));

        Assert.Equal([null, "incapable"], answers.Order());
    }

    private const string Zheng = "person-zheng";

    private Task<string?> Names(string person, string? guardian, GuardianGround ground = GuardianGround.NaturalGuardian, LegalCapacity? capacity = null) =>
        Do(db => new GuardianBook(db).Name(person, new GuardianEntry(guardian, ground, "文书-1", capacity), ByClerk(), None));

    private Task<ActivityResult> Refuses(RefusalReview review, string? guardian) =>
        stage.Decide(review, "Respected", "reviewer-li", new { refusedBy = "Guardian", guardian, capacity = "无", reason = "不愿", witness = "村委" });

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
            await new GuardianBook(db).Allege(Child, ByClerk("county-officer-1"), None);
        });
    }

    private Task<string?> Clears(string by) => Do(db => new GuardianBook(db).Clear(Child, ("police-1", "指认不实"), ByClerk(by), None));

    private Task<Person> Person() => Do(db => db.Set<Person>().SingleAsync(row => row.Id == Child));

    private static string Ended(ActivityResult result) => Assert.IsType<Completed>(result).Outcome;

    private static void Ends(string outcome, ActivityResult result) => Assert.Equal(outcome, Ended(result));

    public sealed class OnSqlite() : GuardianTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : GuardianTests(StorageKind.PostgreSql);
}
