using Relief.Flow.Activities;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Pathways.Town;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.conference": a town is divided, its chair decides beyond the town's limit, and the district meets at the second attempt; one measure is paid, one fails. To another nobody comes.</summary>
public abstract class ConferencePathway : PathwayStory
{
    private static readonly (string Unit, string Member)[] Members = [("county-bureau", "leader-1"), ("dept-health", "health-1"), ("dept-labour", "labour-1")];

    private string id = "";

    public override IReadOnlyList<string> Plays => ["procedure.conference"];

    public override DateTimeOffset Begins => Local(6, 1);

    private protected override async Task Tell(Town town)
    {
        await town.Set(async db =>
        {
            foreach (var member in new[] { "health-1", "labour-1" })
                await db.Insert(new StaffRole { Id = member + "-leads", StaffId = member, Role = ReliefRoles.LeadingGroup, AreaCode = "999900", ValidFrom = new DateOnly(2026, 1, 1) }, None);
        });
        id = (await town.Start("procedure.conference", new { countyCode = "999900", situation = "Systemic", because = "多户同类困难" })).ToString("N");
        await TheTownIsDivided(town);
        await TheDistrictMeetsAtTheSecondAttempt(town);
        await MeasuresAreFollowed(town);
        await NobodyComes(town);
    }

    private async Task TheTownIsDivided(Town town)
    {
        await Admit(town, "Town");
        await Say(town, Members.Length - 1);
        await town.Complete("conference.vote@county-bureau", "leader-1", "Yes");
        await town.Complete("conference.vote@dept-health", "health-1", "No");
        await town.Complete("conference.chair", "leader-1", "SecondRound");
        await town.Complete("conference.vote@county-bureau", "leader-1", "Yes");
        await town.Complete("conference.vote@dept-health", "health-1", "No");
        await town.Complete("conference.chair", "leader-1", "SecondRound");   // there is one second round
        await town.Complete("conference.chair", "leader-1", "Passed", new { reason = "情况紧急" });
        Assert.Equal(ConferenceStatus.Passed, (await Found(town)).Conference.Status);
        await town.Complete("conference.resolution", "county-officer-1", "Resolved", new { measures = new[] { new { unitCode = "county-bureau", what = "临时救助", amount = 3_000, dueOn = "2026-06-20" } } });
        Assert.Equal((ConferenceLevel.District, ConferenceStatus.Asked), ((await Found(town)).Conference.Level, (await Found(town)).Conference.Status));
        Assert.Empty((await Found(town)).Measures);
    }

    private async Task TheDistrictMeetsAtTheSecondAttempt(Town town)
    {
        await Admit(town, "District");
        await Say(town, 1);
        Assert.Equal(3, (await Found(town)).Conference.Convening);
        await Say(town, Members.Length);
        foreach (var (unit, member) in Members)
            await town.Complete("conference.vote@" + unit, member, "Yes");
        await town.Complete("conference.resolution", "county-officer-1", "Resolved", new
        {
            measures = new object[]
            {
                new { unitCode = "county-bureau", what = "临时救助", amount = 3_000, dueOn = "2026-06-20", accountId = "F2-2026" },
                new { unitCode = "dept-labour", what = "就业培训", amount = 0, dueOn = "2026-06-25" }
            }
        });
        Assert.Equal(77_000, await FundScene.Available(town, "F2-2026"));
    }

    private async Task MeasuresAreFollowed(Town town)
    {
        await town.Complete("conference.payment", "county-finance-1", "Done", new { result = "bank-77" });
        await town.At(Local(6, 26));
        Assert.Equal(["Done", "Overdue"], (await Found(town)).Measures.Select(measure => measure.Status.ToString()));
        await town.Complete("conference.measure", "labour-1", "Failed", new { result = "本人已就业" });
        await town.At(Local(7, 28));
        await town.Complete("conference.review", "county-officer-1", "Precedent", new { lesson = "多部门合力" });
        var over = await Found(town);
        Assert.Equal((ConferenceStatus.Closed, "多部门合力", 7), (over.Conference.Status, over.Conference.Precedent, over.Votes.Count));
        Assert.Equal(64, over.Conference.MinutesHash!.Length);
    }

    /// <summary>Twice without a quorum at the district, twice at the city: above it there is nobody to ask.</summary>
    private async Task NobodyComes(Town town)
    {
        id = (await town.Start("procedure.conference", new { countyCode = "999900", situation = "PolicyConflict", because = "政策冲突" })).ToString("N");
        foreach (var level in new[] { "District", "City" })
        {
            await Admit(town, level);
            await Say(town, 1);
            await Say(town, 0);
        }

        var over = await Found(town);
        Assert.Equal((ConferenceStatus.Failed, ConferenceLevel.City, 4, "NoQuorum"), (over.Conference.Status, over.Conference.Level, over.Conference.Convening, over.Conference.Reason));
        Assert.Empty(over.Votes);
    }

    private static Task Admit(Town town, string level) =>
        town.Complete("conference.request", "county-officer-1", "Admitted", new { situation = "Systemic", level, units = Members.Select(one => one.Unit), rule = "Majority" });

    private static async Task Say(Town town, int present)
    {
        foreach (var (at, (unit, member)) in Members.Index())
            await town.Complete("conference.opinion@" + unit, member, at < present ? "Present" : "Absent", new { policy = "政策依据", upTo = 5_000 });
    }

    private async Task<ConferenceView> Found(Town town) => (await town.Read(db => new ConferenceQueries(db).View(id, None)))!;

    public sealed class OnSqlite : ConferencePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ConferencePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
