using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Pathways.Town;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.urging" and "procedure.adjustment": the city asks a township twice until the answer does, puts one item in another's place, and does not drop a second.</summary>
public abstract class CityPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.urging", "procedure.adjustment"];

    public override DateTimeOffset Begins => Local(5, 6);

    private protected override async Task Tell(Town town)
    {
        var asked = new Urging
        {
            Id = "urging-1", CountyCode = "999900", CreatedAt = Local(5, 6), CreatedBy = "guide-1", CityCode = "9999", TownshipCode = "999901", Figure = "services.all", PeriodFrom = new DateOnly(2026, 4, 1),
            PeriodTo = new DateOnly(2026, 4, 30), Wording = "四月服务次数偏低", Status = UrgingStatus.Asked, Round = 1
        };
        await town.Set(db => new UrgingBook(db).Ask(asked, new Deed("guide-1", Local(5, 6), "urging-1"), None));
        await town.Start("procedure.urging", new { urgingId = "urging-1" });
        await town.At(Local(5, 20));   // nobody answers in time: the city is told, and the task stays
        Assert.Single(await town.Rows("select id from task where kind = 'urging.answer' and state in (1, 2)"));
        await town.Complete("urging.answer", "clerk-1", "Answered", new { answer = "人员不足" });
        await town.Complete("urging.judge", "guide-2", "AskAgain", new { judgement = "请说明措施与日期" });
        await town.Complete("urging.answer", "clerk-2", "Answered", new { answer = "已增派两人,六月底前完成" });
        await town.Complete("urging.judge", "guide-1", "Settled");
        var urging = Assert.Single(await town.Read(db => new CityQueries(db).Urgings("9999", None)));
        Assert.Equal((UrgingStatus.Settled, 2, "clerk-2", "guide-1"), (urging.Status, urging.Round, urging.AnsweredBy, urging.JudgedBy));

        await Adjusted(town, "change", Adjustment("change", AdjustmentKind.Change, "cleaning", "cleaning.2"), "Approved", new { });
        await Adjusted(town, "drop", Adjustment("drop", AdjustmentKind.Drop, "meal", null), "Refused", new { reason = "仍有需求" });
        Assert.Equal((CatalogueStatus.Retired, CatalogueStatus.Approved, CatalogueStatus.Approved), (await Status(town, "cleaning"), await Status(town, "cleaning.2"), await Status(town, "meal")));
        Assert.Equal(45m, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning.2", "99990101", new DateOnly(2026, 7, 1), None)))!.Price);
        Assert.Contains("cleaning.2", (await town.Read(db => new SupplierQueries(db).Find("PV-A", None)))!.Items);
    }

    private static async Task Adjusted(Town town, string id, ItemAdjustment adjustment, string outcome, object form)
    {
        await town.Set(async db =>
        {
            var old = await new CatalogueQueries(db).Find(adjustment.ItemCode, None);
            var item = adjustment.SuccessorCode is { } code ? old! with { Code = code, Replaces = old.Code, Document = adjustment.Document, MaxMinutes = 240 } : null;
            await new AdjustmentBook(db).Ask([(adjustment, item)], new Deed("guide-1", Local(5, 20), id), None);
        });
        await town.Start("procedure.adjustment", new { askedId = id });
        await town.Complete("adjustment.decide", "guide-2", outcome, form);
    }

    private static async Task<CatalogueStatus> Status(Town town, string code) => (await town.Read(db => new CatalogueQueries(db).Find(code, None)))!.Status;

    private static ItemAdjustment Adjustment(string id, AdjustmentKind kind, string item, string? successor) => new()
    {
        Id = id + "-1", CountyCode = "999900", CreatedAt = Local(5, 20), CreatedBy = "guide-1", CityCode = "9999", AskedId = id, Kind = kind, ItemCode = item, SuccessorCode = successor,
        Document = "示例市民政〔2026〕7号", Status = AdjustmentStatus.Asked
    };

    public sealed class OnSqlite : CityPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : CityPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
