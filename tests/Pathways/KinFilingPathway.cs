using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.kinfiling": a filing that was missing when the case was confirmed, a complaint that is not so, and what was filed before.</summary>
public abstract class KinFilingPathway : PathwayStory
{
    private const string Note = "户籍与本人陈述核实";

    public override IReadOnlyList<string> Plays => ["procedure.kinfiling"];

    public override DateTimeOffset Begins => Local(4, 1);

    private protected override async Task Tell(Town town)
    {
        var caseId = "";
        await town.Set(async db => caseId = await Decided(db, "person-zhang"));
        object Said(string staff) => new { caseId, staffId = staff, relation = "kin", origin = "Complaint", originId = "ticket-1", by = "hotline-1" };

        await town.Start("procedure.kinfiling", Said("surveyor-zhou"));
        await town.Complete("kin.file", "clerk-1", "Filed");
        await town.At(Local(4, 8));
        await town.Complete("kin.file", "clerk-1", "Filed", new { note = Note });
        await town.Complete("kin.recheck", "county-officer-1", "DecisionStands", new { reason = "符合条件" });
        await town.Complete("kin.recheck", "county-officer-1", "DecisionStands", new { reason = "符合条件", visitedOn = "2026-04-07" });
        await town.Start("procedure.kinfiling", Said("surveyor-sun"));
        await town.Complete("kin.file", "clerk-2", "NotKin", new { note = Note });
        await town.Start("procedure.kinfiling", Said("surveyor-zhou"));

        var filings = await town.Read(db => new KinQueries(db).Of("999900", false, None));
        Assert.Equal(
            [("surveyor-sun", KinFilingStatus.NotKin, null), ("surveyor-zhou", KinFilingStatus.Filed, KinRecheck.DecisionStands)],
            filings.OrderBy(filing => filing.StaffId).Select(filing => (filing.StaffId, filing.Status, filing.Recheck)));
        Assert.Equal([KinFlags.KinFiling], (await town.Read(db => new CaseQueries(db).Find(caseId, None)))!.Case.Flags);
    }

    /// <summary>A case that two have surveyed and the township has confirmed.</summary>
    internal static async Task<string> Decided(ReliefDbContext db, string personId)
    {
        var caseId = await ConfirmedNeed.Open(db, personId, ReliefCategory.Dibao, new NeedEntry("home-care", "生活照料", "elderly", Urgency.Normal, "照料"));
        var deed = new Deed("reviewer-li", Local(3, 24), "scene");
        var survey = await new SurveyBook(db).Assign(new SurveyAssignment(caseId, "999900", SurveyMode.Delegated, "household-2026", ["surveyor-qian", "surveyor-sun"]), deed, None);
        Assert.IsType<SurveyResult.Valid>(await new SurveyBook(db).Submit(new SurveySubmission
        {
            SurveyId = survey.Id, Signatures = [new SignatureEntry("surveyor-qian", Local(3, 20), "device-1"), new SignatureEntry("surveyor-sun", Local(3, 20, 10), "device-2")],
            FailedIndicators = [], Opinion = SurveyOpinion.Recommended, FamilySigner = "本人", PhotoCount = 1
        }, deed, None));
        Assert.IsType<DecisionResult.Taken>(await new DecisionBook(db).Decide(new DecisionEntry
        {
            CaseId = caseId, CountyCode = "999900", SurveyId = survey.Id, Outcome = DecisionOutcome.Confirmed, RuleTrace = """[{"rule":"R3.category","result":"Pass"}]""", RuleVersion = "2026-1", Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 24)
        }, deed, None));
        return caseId;
    }

    public sealed class OnSqlite : KinFilingPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : KinFilingPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
