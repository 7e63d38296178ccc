using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.policy" and "procedure.linkage": two policies come into the library; one need is met, one is nobody's and then refused, one has no policy; cash from petty cash and from the county.</summary>
public abstract class SpecialReliefPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.policy", "procedure.linkage", "procedure.conference", "procedure.agent"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        var (aid, subsidy) = (await Keeps(town, "medical-aid", "dept-health", "Approved"), await Keeps(town, "illness-subsidy", "dept-labour", "Approved"));
        await Keeps(town, "old-aid", "dept-health", "Refused");
        await Departments(town, aid, subsidy);
        await Cash(town);
    }

    private static async Task Departments(Town town, string aid, string subsidy)
    {
        await Needs(town, "person-wang", "Medical");
        await Chooses(town, aid);
        await town.Complete("special.referral", "health-1", "MorePapers", new { reason = "缺诊断证明" });
        await town.Complete("special.papers", "clerk-1", "AgentCalled", new { reason = "行动不便" });
        await town.Complete("special.papers", "clerk-1", "Gathered", new { papers = "诊断证明" });
        await town.Complete("special.referral", "health-1", "Accepted");
        await town.Complete("special.result", "health-1", "Granted", new { service = "门诊救助", amount = 3000, givenOn = "2026-03-02" });

        await Needs(town, "person-feng", "Medical");
        await Chooses(town, aid);
        await town.Complete("special.referral", "health-1", "NotOurs", new { reason = "属人社" });
        await Chooses(town, subsidy);
        await town.Complete("special.referral", "labour-1", "NotOurs", new { reason = "属卫健" });
        await town.Complete("special.coordinate", "county-officer-1", "Assigned", new { unitId = "dept-health", reason = "按职责分工" });
        await town.Complete("special.consent", "clerk-1", "Granted", new { form = "书面", givenBy = "self" });
        await town.Complete("special.referral", "health-1", "Refused", new { reason = "超出目录" });
        await Chooses(town, subsidy);
        await town.At(Local(3, 17));   // ten working days of silence are the second refusal
        Assert.Equal(["Conference"], await town.Rows($"select outcome from {Prefix(town)}linkage where person_id = 'person-feng'"));

        await Needs(town, "person-zheng", "Housing");
        await town.Complete("special.none", "county-officer-1", "Charity", new { reason = "暂无政策" });
        await Needs(town, "person-hua", "Medical");
        await town.Complete("special.choose", "clerk-1", "WantsNone", new { reason = "自行解决" });
        await Needs(town, "person-zhao", "Medical");
        await town.Complete("special.choose", "clerk-1", "Chosen", new { policyId = aid });
        await town.At(Local(3, 26));   // nobody gave consent: nothing goes out
        Assert.Equal(["NoConsent"], await town.Rows($"select outcome from {Prefix(town)}linkage where person_id = 'person-zhao'"));
    }

    private static async Task Cash(Town town)
    {
        await town.Set(db => new FundBook(db).OpenPettyCash("township-a", 2026, new Deed("county-finance-1", Local(3, 2), "petty"), None));
        await FundScene.Give(town, "F2-2026-township-a", 1500);
        await Relief(town, "person-zhang", 1000);
        await town.Complete("special.approve", "township-reviewer-1", "Approved");
        await town.Complete("special.pay", "settlement-clerk-1", "Paid", new { voucher = "V-1" });
        await Relief(town, "person-wang", 1000);   // more than is left in petty cash
        await town.Complete("special.approve", "county-officer-1", "Approved");
        await town.Complete("special.pay", "county-finance-1", "NotPaid", new { reason = "账户有误" });
        await Relief(town, "person-hua", 400);
        await town.Complete("special.approve", "township-reviewer-1", "Refused", new { reason = "重复" });
        await Needs(town, "person-jin", "Temporary");
        await town.Complete("special.propose", "clerk-b", "NotEligible", new { reason = "不符合条件" });
        Assert.Equal((500m, 80_000m), (await FundScene.Available(town, "F2-2026-township-a"), await FundScene.Available(town, "F2-2026")));
        Assert.Equal(["1000.00"], (await town.Read(db => new MeasureQueries(db).Of("person-zhang", None))).Where(entry => entry.Source == "linkage").Select(entry => $"{entry.Amount:0.00}"));
    }

    private static async Task<string> Keeps(Town town, string code, string department, string decision)
    {
        var entry = new PolicyForm("999900", code, PolicyClass.Medical, department, "医疗救助", "Medical aid", "困难群众", null, "村(社区)申请", null, [], null, null, "示例民政〔2026〕3号", new DateOnly(2026, 1, 1), null);
        var id = await town.Start("procedure.policy", new { entry, by = "reviewer-li" });
        await town.Complete("policy.approve", "county-officer-1", decision, new { reason = "依据不足" });
        return id.ToString("N");
    }

    private static Task<Guid> Needs(Town town, string person, string need) =>
        town.Start("procedure.linkage", new { personId = person, need, origin = "Check666", originId = $"{person}-{need}", by = "surveyor-sun" });

    private static async Task Relief(Town town, string person, decimal amount)
    {
        await Needs(town, person, "Temporary");
        await town.Complete("special.propose", "clerk-1", "Proposed", new { amount, purpose = "突发事件" });
    }

    private static async Task Chooses(Town town, string policy)
    {
        await town.Complete("special.choose", "clerk-1", "Chosen", new { policyId = policy });
        await town.Complete("special.consent", "clerk-1", "Granted", new { form = "书面", givenBy = "self" });
    }

    private static string Prefix(Town town) => town.Store.Kind == StorageKind.Sqlite ? "relief_" : "relief.";

    public sealed class OnSqlite : SpecialReliefPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SpecialReliefPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
