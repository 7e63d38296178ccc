using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.People;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>People of one village, each with a need on each of the seven pathways, brought to where each pathway waits: the bundle that every interrupt is raised against.</summary>
internal sealed class SevenPathways(Town town)
{
    private const string Lead = "social-worker-zhu";
    private static readonly (string Pathway, string Definition, string Item, string Family, decimal Quantity)[] Ways =
    [
        ("M1", "pathway.government-purchase", "cleaning", "清洁服务", 3), ("M2", "pathway.institutional-care", "bed-day", "生活照料", 31),
        ("M3", "pathway.departmental-linkage", "job-training", "能力提升", 10), ("M4", "pathway.party-pairing", "pairing", "慈善物资", 1),
        ("M5", "pathway.social-work-volunteer", "integration", "心理/社会融入", 8), ("M6", "pathway.neighbour-aid", "neighbour-help", "生活照料", 8), ("M7", "pathway.charity", "charity-goods", "慈善物资", 1)
    ];

    private readonly Dictionary<string, string> cases = [];

    public string CaseOf(string person) => cases[person];

    /// <summary>How a person's orders stand, as <c>M1 Active, M2 Active …</c>.</summary>
    public async Task<string> States(string person) => string.Join(", ", (await Orders(person)).Select(order => $"{order.Pathway} {order.Status}"));

    public async Task<IReadOnlyList<Order>> Orders(string person) =>
        [.. (await town.Read(db => new OrderQueries(db).Of(cases[person], None))).OrderBy(order => order.Pathway, StringComparer.Ordinal)];

    public async Task<string> OrderOf(string person, string pathway) => (await Orders(person)).Single(order => order.Pathway == pathway).Id;

    /// <summary>From 24 March to 1 April, when whoever goes into an institution has moved in.</summary>
    public async Task Begin(params string[] people)
    {
        await town.Set(db => new CharityBook(db).Register(new ProjectForm
        {
            CountyCode = "999900", CharityId = "CH-1", Name = "冬衣送暖", Kind = CharityKind.Goods, ItemCodes = ["charity-goods"], PersonClasses = ["elderly", "disabled"], Capacity = 10,
            ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 12, 31), Contact = "示例慈善会"
        }, new Deed("county-officer-1", Local(3, 1), "project"), None));
        foreach (var person in people)
        {
            await Confirmed(person);
            await Purchased(person);
            await Linked(person);
            await Paired(person);
            await Teamed(person);
            await Helped(person);
            await town.Publish($"consent:{await Starts(person, "M7")}:CH-1", new { decision = "Granted", form = "paper", givenBy = "self", by = "clerk-1" });
            await Starts(person, "M2");
            await town.Complete("placement.assess", "surveyor-sun", "Assessed", new { failedIndicators = new[] { "eating", "dressing", "bed", "toilet" }, suitability = "Institution", evidence = "report-1" });
            await town.Complete("placement.explain", "clerk-1", "Explained");
        }

        await Listed(people);
        await MovedIn(people);
    }

    private async Task Confirmed(string person) => await town.Set(async db =>
    {
        cases[person] = await ConfirmedNeed.Open(db, person, ReliefCategory.Dibao, [.. Ways.Select(way => new NeedEntry(way.Item, way.Family, "elderly", Urgency.Normal, "需要服务"))]);
        foreach (var need in await new CaseQueries(db).Needs(cases[person], None))
        {
            var way = Ways.Single(way => way.Item == need.ItemCode);
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Confirmed, Quantity = way.Quantity, Pathways = [way.Pathway] }, new Deed("reviewer-li", Local(3, 24), "confirm-" + need.Id), None);
        }
    });

    private async Task<string> Starts(string person, string pathway)
    {
        var way = Ways.Single(way => way.Pathway == pathway);
        var need = (await town.Read(db => new CaseQueries(db).Needs(cases[person], None))).Single(need => need.ItemCode == way.Item);
        await town.Start(way.Definition, new { caseId = cases[person], needItemId = need.Id, personId = person }, subject: "person:" + person);
        if (pathway is "M3" or "M4" or "M5" or "M6")
            await town.Complete("consent", "clerk-1", "Granted", new { form = "paper" });
        return await OrderOf(person, pathway);
    }

    private async Task Purchased(string person)
    {
        await Starts(person, "M1");
        await town.Complete("referral", "supplier-a", "Accepted");
        await town.Complete("plan", "supplier-a", "Submitted", new { goals = "清洁", lines = new[] { new PlannedItem("cleaning", 3, 3) } });
        await town.Complete("plan.agree", "clerk-1", "Agreed");
        await town.Sign("supplier-a");
    }

    private async Task Linked(string person)
    {
        await Starts(person, "M3");
        await town.Complete("linkage.match", "county-officer-1", "Single", new { unitId = "dept-labour" });
        await town.Complete("linkage", "labour-1", "Accepted");
    }

    private async Task Paired(string person)
    {
        await Starts(person, "M4");
        await town.Complete("pair.propose", "secretary-1", "Proposed", new { memberId = "member-shen" });
        await town.Complete("pair.person", "surveyor-qian", "Agreed");
        await town.Complete("pair.helper", "member-shen", "Agreed");
        await town.Complete("pair.needs", "member-shen", "Listed", new { needs = new[] { new { kind = "Life", content = "买药" } }, partyDay = 15, plan = "每月走访" });
    }

    private async Task Teamed(string person)
    {
        await Starts(person, "M5");
        var members = new[] { (Lead, "SocialWorker"), ("assistant-qin", "Assistant"), ("volunteer-you", "Volunteer") }.Select(member => new { staffId = member.Item1, role = member.Item2 });
        await town.Complete("redvest.team", Lead, "Named", new { members });
        await town.Complete("redvest.assessment", Lead, "Assessed", new { scores = new { life = 3, health = 3, family = 2, mind = 2, social = 1, capability = 3 }, risk = "High", reason = "isolation" });
        await town.Complete("redvest.plan", Lead, "Submitted", new { goals = new[] { new { goal = "每周外出两次" }, new { goal = "参加小组活动" }, new { goal = "与邻居往来" } } });
        await town.Complete("redvest.sign", "assistant-qin", "Agreed", new { signer = "本人" });
    }

    private async Task Helped(string person)
    {
        var order = await Starts(person, "M6");
        string[] helpers = [person + "-he", person + "-lv"];
        await town.Complete("helper.recruit", "surveyor-qian", "Recruited", new { helpers = helpers.Select(id => new { helperId = id, name = "何某某", birthDate = "1970-01-01", bankAccount = "示例银行 0001", healthy = true, noConflict = true }) });
        await town.Complete("helper.training", "trainer-1", "Certified", new { certificates = helpers.Select(id => new { helperId = id, certificate = "L-" + id }) });
        foreach (var pair in await town.Read(db => new PairQueries(db).Of(order, None)))
            await town.Publish($"pair:{pair.Id}:helper", new { decision = "Agreed", by = pair.HelperId });
        await town.Complete("pair.person", "surveyor-qian", "Agreed");
        await town.Complete("help.plan", "surveyor-qian", "Planned", new { tasks = new[] { "Company", "Shopping" }, visitsPerMonth = 8 });
        await town.Complete("help.agreement", "clerk-1", "Signed", new { personSigner = "本人", helperSigners = helpers, noCharge = true });
    }

    private async Task Listed(string[] people)
    {
        await town.Complete("charity.compile", "county-officer-1", "Compiled");
        await town.Complete("charity.check", "county-officer-2", "Sent");
        List<object> answers = [];
        foreach (var person in people)
            answers.Add(new { orderId = await OrderOf(person, "M7"), decision = "Accepted", plan = "冬衣一套" });
        await town.Complete("charity.answer", "charity-1", "Answered", new { answers });
    }

    private async Task MovedIn(string[] people)
    {
        await town.At(Local(3, 27));
        foreach (var _ in people)
        {
            await town.Complete("placement.consent", "clerk-1", "Consents", new { form = "consent-1" });
            await town.Complete("referral", "institution-1", "Accepted");
            await town.Complete("plan", "institution-1", "Submitted", new { goals = "照护", lines = new[] { new PlannedItem("bed-day", 31, 1) } });
            await town.Complete("plan.agree", "clerk-1", "Agreed");
            await town.Sign("institution-1");
        }

        await town.At(Local(4, 1));
        foreach (var _ in people)
            await town.Complete("placement.admit", "institution-1", "Admitted", new { day = "2026-04-01" });
    }
}
