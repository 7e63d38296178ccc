using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"case.lifecycle" from the application to the orders of two confirmed needs, by intake, register, survey and review (SC-01 first half).</summary>
public abstract class ApplicationPathway : PathwayStory
{
    private Town town = null!;
    private ApplicationReceipt receipt = null!;

    public override IReadOnlyList<string> Plays =>
        ["case.lifecycle", "procedure.intake", "procedure.register", "procedure.survey", "procedure.review", "pathway.government-purchase"];

    public override DateTimeOffset Begins => Local(3, 16);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Applied();
        await Registered();
        await Surveyed();
        await Approved();

        Assert.Equal(CaseStatus.Referring, await Status());
        Assert.All(await town.Read(db => new CaseQueries(db).Needs(receipt.CaseId, None)), need => Assert.Equal(NeedStatus.Confirmed, need.Status));
        Assert.Equal(["2"], await town.Rows("select cast(count(*) as text) from instance where definition_id = 'pathway.government-purchase'"));
        Assert.Equal(OrderStatus.Sent, Assert.Single(await town.Read(db => new OrderQueries(db).Of(receipt.CaseId, None))).Status);
        Assert.Equal(109_740, await FundScene.Available(town, "F4-2026"));
    }

    private async Task Applied()
    {
        await town.Set(async db => receipt = await new ApplicationCounter(db, new PersonalDataKey(new byte[32])).Take(new ApplicationRequest
        {
            CountyCode = "999900", Channel = "wanshitong", ApplicantName = "张某某", Category = ReliefCategory.Dibao, ItemCodes = ["home-care", "cleaning"], Wording = "需要照料和清洁",
            Papers = ["application-form", "consent"], ConsentVersion = "2026-1",
            Person = new ApplicationPerson("999999194705120001", "张某某", "M", new DateOnly(1947, 5, 12), "99990101", null)
        }, new Deed("window", Local(3, 16), "scene"), None));
        await town.Start("case.lifecycle", new { receipt.ApplicationId, receipt.CaseId, receipt.PersonId }, Guid.ParseExact(receipt.ApplicationId, "N"));
        Assert.Equal(CaseStatus.Submitted, await Status());
    }

    private async Task Registered()
    {
        await town.Complete("completeness", "clerk-1", "Complete");
        Assert.Equal(CaseStatus.Accepted, await Status());
        await town.At(Local(3, 17));
        await town.Complete("classify", "clerk-2", "Classified");
        Assert.Equal(CaseStatus.Registered, await Status());
    }

    private async Task Surveyed()
    {
        await town.At(Local(3, 18));
        await town.Complete("survey-team", "clerk-1", "Assigned", new { team = new[] { "surveyor-qian", "surveyor-sun" }, mode = "Delegated", appointmentAt = Local(3, 20, 15) });
        Assert.Equal(CaseStatus.Surveying, await Status());
        await town.At(Local(3, 20, 16));
        await town.Complete("survey", "surveyor-qian", "Submit", new
        {
            signatures = new[]
            {
                new { staffId = "surveyor-qian", signedAt = Local(3, 20, 15), device = "device-1" },
                new { staffId = "surveyor-sun", signedAt = Local(3, 20, 15, 2), device = "device-2" }
            },
            failedIndicators = new[] { "bathing", "walking" }, opinion = "Recommended", familySigner = "本人", photoCount = 2
        });
        Assert.Equal(CaseStatus.InReview, await Status());
    }

    private async Task Approved()
    {
        await town.At(Local(3, 24, 10));
        var needs = await town.Read(db => new CaseQueries(db).Needs(receipt.CaseId, None));
        await town.Complete("approval", "reviewer-li", "Approved",
            new { needs = needs.Select(need => new { needItemId = need.Id, quantity = need.ItemCode == "home-care" ? 16 : 4 }) });
    }

    private async Task<CaseStatus> Status() => (await town.Read(db => new CaseQueries(db).Find(receipt.CaseId, None)))!.Case.Status;

    public sealed class OnSqlite : ApplicationPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ApplicationPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
