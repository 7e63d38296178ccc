using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.institutional-care", the medical branch: no placement without a legal ground, another look every thirty days, and the way out (SC-14).</summary>
public abstract class MedicalPlacementPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["pathway.institutional-care"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var hua = await ConfirmedNeed.Of(town, "person-hua", ReliefCategory.Dibao, new NeedEntry("bed-day", "生活照料", "elderly", Urgency.Normal, "需要照料"), (31, "M2"));
        await town.Start("pathway.institutional-care", hua.Input);
        var orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(hua.CaseId, None))).Id;
        await town.Complete("placement.assess", "surveyor-sun", "Assessed", new { failedIndicators = new[] { "eating" }, suitability = "Mental", evidence = "report-2" });
        // Three working days without an answer: the county coordinates and asks again.
        await town.At(Local(3, 30));
        await town.Complete("placement.county", "county-officer-1", "Done");
        await town.Complete("placement.medical", "health-1", "Accepted", new { hospital = "HOSP-1" });

        // The guardian's consent alone is no ground: the task comes back, and nobody is admitted.
        await town.Complete("placement.ground", "county-officer-1", "Recorded", new { ground = "SelfHarmRisk", guardianConsent = "consent-3", costSource = "insurance" });
        Assert.Equal(["placement.ground"], await town.Rows("select kind from task where state = 1"));
        await town.Complete("placement.ground", "county-officer-1", "Recorded",
            new { ground = "SelfHarmRisk", diagnosis = "diagnosis-3", guardianConsent = "consent-3", costSource = "insurance" });
        await town.Complete("placement.admit", "hospital-1", "Admitted", new { day = "2026-03-30" });

        await town.At(Local(4, 29));
        await town.Complete("placement.review", "hospital-1", "Stay", new { report = "review-1", contactsKept = true });
        await town.Publish($"placement:{orderId}:review", new { by = "person-hua" });
        await town.Complete("placement.review", "hospital-1", "AsksToLeave");
        await town.Complete("placement.leave", "county-officer-1", "Done");

        var placement = (await town.Read(db => new PlacementBook(db).Find(orderId, None)))!;
        Assert.Equal((LegalGround.SelfHarmRisk, new DateOnly(2026, 3, 30), new DateOnly(2026, 4, 29)), (placement.Ground, placement.AdmittedOn, placement.LeftOn));
        Assert.Empty(await town.Rows("select id from task where kind = 'notice.post'"));
        Assert.DoesNotContain(await town.Rows("select title from task"), title => title.Contains("精神", StringComparison.Ordinal));
    }

    public sealed class OnSqlite : MedicalPlacementPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : MedicalPlacementPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
