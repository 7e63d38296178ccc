using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break INV-22: through the books, and past them by bare statements.</summary>
public abstract class ConferenceInvariantTests(StorageKind kind) : ReliefTest(kind)
{
    private const string Id = "conference-1";
    private static readonly string[] Units = ["county-bureau", "dept-health", "dept-labour"];

    [Fact]
    public async Task INV_22_a_vote_is_never_changed_and_no_unit_votes_twice_in_a_round()
    {
        await Held();
        var conference = await Opened();
        Assert.True(await Cast(conference, "county-bureau", Ballot.Yes));
        Assert.False(await Cast(conference, "county-bureau", Ballot.No));
        Assert.Equal(Ballot.Yes, Assert.Single(await Votes()).Ballot);
        foreach (var change in new[] { "update {conference_vote} set ballot = 'No'", "update {conference_vote} set unit_code = 'dept-health'", "delete from {conference_vote}" })
            await Refused("INV-22", change);
        var vote = Assert.Single(await Votes());
        await Refused(Unique, db => db.Insert(vote with { Id = "again", Ballot = Ballot.No }, None));
        await Refused("INV-22", db => db.Insert(vote with { Id = "other-round", Round = 7 }, None));
        await Refused("INV-22", "update {conference_opinion} set up_to = 1000000");
        await Refused("INV-22", "delete from {conference_opinion}");
        await Refused("INV-22", "delete from {conference_unit}");
        await Refused("INV-25", "delete from {conference}");

        await Cast(conference, "dept-health", Ballot.No);
        Assert.Equal("Tied", (await Tally()).Outcome);
        conference = await Opened();
        Assert.True(await Cast(conference, "county-bureau", Ballot.No));   // a second round is another vote, and the first stays
        Assert.Equal(["1 No", "1 Yes", "2 No"], (await Votes()).Select(one => $"{one.Round} {one.Ballot}").Order());
    }

    [Fact]
    public async Task INV_22_only_who_was_invited_and_is_there_without_a_conflict_votes()
    {
        await Held();
        var conference = await Opened();
        await Refused("INV-22", db => Vote(db, conference, "dept-labour"));       // it has declared a conflict
        await Refused("INV-22", db => Vote(db, conference, "township-a"));        // it was not invited
        await Refused("INV-22", db => new ConferenceBook(db).Say(Opinion("township-a", true, 1), ByClerk("x"), None));
        await Refused(Unique, db => new ConferenceBook(db).Say(Opinion("dept-health", true, 1_000_000) with { Id = "again" }, ByClerk("x"), None));
        Assert.Equal((3, 2, 2), ((await Tally()).Invited, (await Tally()).Quorum, (await Tally()).Present));
    }

    [Fact]
    public async Task INV_22_no_measure_goes_beyond_what_its_unit_and_its_fund_may()
    {
        await Held();
        var conference = await Opened();
        var measure = Measure("m-1", "county-bureau", 10_000);
        await Refused("INV-22", db => db.Insert(measure, None));                  // nothing is passed yet
        await Cast(conference, "county-bureau", Ballot.Yes);
        await Cast(conference, "dept-health", Ballot.Abstain);
        Assert.Equal("Passed", (await Tally()).Outcome);
        await Do(db => new ConferenceBook(db).Decide(Id, ConferenceStatus.Passed, null, ByClerk("vote"), None));
        await Refused("INV-22", "update {conference} set status = 'Admitted'");
        await Refused("INV-22", "update {conference} set rule = 'Unanimous'");
        await Refused("INV-22", "update {conference} set round = 9");

        await Refused("INV-22", db => db.Insert(Measure("m-1", "county-bureau", 10_000.01m), None));
        await Refused("INV-22", db => db.Insert(Measure("m-1", "dept-labour", 1), None));
        await Do(db => db.Insert(measure, None));
        await Refused("INV-22", db => db.Insert(Measure("m-2", "county-bureau", 0.01m), None));
        await Refused("INV-22", "update {conference_measure} set amount = amount + 1");
        await Refused("INV-22", "update {conference_measure} set unit_code = 'dept-health'");
        await Refused("INV-22", "delete from {conference_measure}");

        Assert.Equal("FundNotForThis", await Write(Form("county-bureau", 100, "F4-2026")));   // ear-marked for the elderly at home
        Assert.Null(await Problem(Form("county-bureau", 10_000, "F2-2026")));
        Assert.Equal("AboveAuthority", await Problem(Form("county-bureau", 6_000, "F2-2026"), Form("county-bureau", 4_000.01m, null)));
        Assert.Equal("NotItsFund", await Problem(Form("dept-health", 100, "F2-2026")));
        Assert.Equal("UnitNotThere", await Problem(Form("dept-labour", 1, null)));
        Assert.Equal("DueInvalid", await Problem(Form("county-bureau", 1, null) with { DueOn = new DateOnly(2026, 5, 16) }));
        Assert.Equal("FundShort", await Problem(Form("dept-health", 90_000, "F2-2026") with { UnitCode = "county-bureau" }));
        Assert.Equal(80_000, (await Do(db => new FundQueries(db).Balance("F2-2026", None)))!.Available);
    }

    [Theory]
    [InlineData(VoteRule.Majority, 8, 0, 1, "Passed")]
    [InlineData(VoteRule.Unanimous, 8, 0, 1, "Passed")]
    [InlineData(VoteRule.Unanimous, 8, 1, 0, "Failed")]
    [InlineData(VoteRule.Majority, 5, 4, 0, "Passed")]
    [InlineData(VoteRule.Majority, 4, 4, 1, "Tied")]
    [InlineData(VoteRule.Majority, 0, 0, 9, "Failed")]
    [InlineData(VoteRule.Majority, 6, 0, 0, "NoQuorum")]
    public void A_vote_comes_to_what_the_rule_says(VoteRule rule, int yes, int no, int abstained, string outcome)
    {
        var quorum = Conferences(10);
        Assert.Equal(7, quorum);
        Assert.Equal([2, 4, 6, 7], new[] { 3, 6, 9, 10 }.Select(Conferences));
        Assert.Equal(outcome, new Tally(10, quorum, yes + no + abstained, yes, no, abstained) { Rule = rule }.Outcome);
    }

    private static int Conferences(int invited) => Relief.Flow.Activities.Conferences.Tally.QuorumOf(0.6667m, invited);

    private async Task Held()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 4), None));
        await Do(db => new ConferenceBook(db).Ask(new AskedConference(Id, null, County, ConferenceSituation.Systemic, "同类问题"), ByClerk(), None));
        await Do(db => new ConferenceBook(db).Admit(Id, new Admission { Situation = ConferenceSituation.Systemic, Level = ConferenceLevel.District, Units = Units }, ByClerk(), None));
        await Do(db => new ConferenceBook(db).Convene(Id, ByClerk(), None));
        await Do(db => new ConferenceBook(db).Say(Opinion("county-bureau", true, 10_000), ByClerk("leader-1"), None));
        await Do(db => new ConferenceBook(db).Say(Opinion("dept-health", true, 5_000), ByClerk("health-1"), None));
        await Do(db => new ConferenceBook(db).Say(Opinion("dept-labour", true, 5_000) with { Conflict = true }, ByClerk("labour-1"), None));
    }

    private static UnitOpinion Opinion(string unit, bool present, decimal upTo) => new()
    {
        Id = $"{Id}-1-{unit}", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "x", ConferenceId = Id, Convening = 1, UnitCode = unit, Present = present, Conflict = false, Policy = "政策", UpTo = upTo
    };

    private static ConferenceMeasure Measure(string id, string unit, decimal amount) => new()
    {
        Id = id, CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "x", ConferenceId = Id, UnitCode = unit, What = "临时救助", Amount = amount, DueAt = Morning(4, 1), Status = MeasureStatus.Open
    };

    private static MeasureForm Form(string unit, decimal amount, string? account) => new(unit, "临时救助", amount, new DateOnly(2026, 4, 10), account);

    private Task<Conference> Opened() => Do(db => new ConferenceBook(db).OpenRound(Id, ByClerk(), None));

    private Task<bool> Cast(Conference conference, string unit, Ballot ballot) => Do(db => new ConferenceBook(db).Cast(conference, (unit, ballot, null), ByClerk("voter"), None));

    private Task<bool> Vote(ReliefDbContext db, Conference conference, string unit) => new ConferenceBook(db).Cast(conference, (unit, Ballot.Yes, null), ByClerk("voter"), None);

    private Task<List<UnitVote>> Votes() => Do(db => db.Set<UnitVote>().ToListAsync());

    private async Task<Tally> Tally() => await Do(async db => await new ConferenceQueries(db).Tally((await new ConferenceQueries(db).Find(Id, None))!, None));

    private Task<string?> Problem(params MeasureForm[] measures) =>
        Do(async db => await new ResolutionBook(db).Problem((await new ConferenceQueries(db).Find(Id, None))!, measures, Morning(3, 16), None));

    private Task<string?> Write(params MeasureForm[] measures) =>
        Do(async db => await new ResolutionBook(db).Write((await new ConferenceQueries(db).Find(Id, None))!, measures, ByClerk(), None));

    public sealed class OnSqlite() : ConferenceInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : ConferenceInvariantTests(StorageKind.PostgreSql);
}
