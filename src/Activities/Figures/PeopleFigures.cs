using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Figures;

/// <summary>The figures of people: who was found, decided about, served (PL-022, PL-035, LD-023, ZZ-004). A person counts once, where they live.</summary>
internal static class PeopleFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        Pieces("discoveries.all", "主动发现", "Discoveries", "discovery", "登记的主动发现，合并的不计。", "Those who were found, by any channel, without those that were merged.", (db, scope) => Found(db, scope, null)),
        Pieces("discoveries.community", "社区(村)平台发现", "Found by the community", "discovery", "三个渠道之一：网格、走访、666 排查、救助服务日等。", "First of three channels (335): grid, visits, 666 check, help days, neighbours.", (db, scope) => Found(db, scope, DiscoveryWay.Community)),
        Pieces("discoveries.thirdParty", "第三方机构发现", "Found by third parties", "discovery", "三个渠道之二：第三方服务机构。", "Second of three channels (335): third parties.", (db, scope) => Found(db, scope, DiscoveryWay.ThirdParty)),
        Pieces("discoveries.means", "信息化手段发现", "Found by means of information technology", "discovery", "三个渠道之三：数据比对、热线、小程序求助、爱心门铃。", "Third of three channels (335): data match, hotline, requests by app, doorbell.", (db, scope) => Found(db, scope, DiscoveryWay.Technology)),
        Persons("entrants.all", "新增对象", "New entrants", "首次被确认救助的日期在期内的人。", "Persons whose first confirmation lies in the period.", Entrants),
        Pieces("cases.all", "新开个案", "Cases opened", "case_file", "期内开立的个案。", "Cases that were opened in the period.", (db, scope) => Opened(db, scope)),
        Pieces("cases.discovered", "主动发现的个案", "Cases of those who were found", "case_file", "其中由主动发现而来的。", "Those whose application came of a discovery.",
            (db, scope) => Opened(db, scope).Where(row => db.Set<Application>().Any(application => application.Id == row.Parent && db.Set<Discovery>().Any(found => found.Id == application.DiscoveryId)))),
        Share("cases.share", "主动发现占比", "Share of the found", "case_file", ("cases.discovered", "cases.all"), "新开个案中由主动发现而来的比例。", "Cases of those who were found among those opened (FA-021, LD-023)."),
        Pieces("applications.all", "救助申请", "Applications", "application", "期内提交的申请。", "Applications handed in during the period.", (db, scope) =>
            from row in db.Set<Application>()
            join person in db.Set<Person>() on row.PersonId equals person.Id
            where row.CountyCode == scope.CountyCode && row.CreatedAt >= scope.Start && row.CreatedAt < scope.End
            select new CountedPiece { Id = row.Id, AreaCode = person.AreaCode, At = row.CreatedAt, What = row.Channel }),
        Pieces("decisions.confirmed", "确认救助", "Confirmed", "decision_record", "期内作出的确认决定。", "Decisions that confirm.", (db, scope) => Decided(db, scope, DecisionOutcome.Confirmed)),
        Pieces("decisions.denied", "不予确认", "Denied", "decision_record", "期内作出的不予确认决定。", "Decisions that deny.", (db, scope) => Decided(db, scope, DecisionOutcome.Denied)),
        Pieces("decisions.changed", "改变原决定", "Changed", "decision_record", "对曾被否定的个案作出的确认决定；原决定仍计入不予确认。", "Confirmations of a case that had been denied; the denial goes on counting.",
            (db, scope) => Decided(db, scope, DecisionOutcome.Confirmed).Where(row => db.Set<DecisionRecord>().Any(before => before.CaseId == row.Parent && before.Outcome == DecisionOutcome.Denied && before.CreatedAt < row.At))),
        Pieces("ledgers.all", "救助台账", "Files", "case_file", "截止日在办的个案(一人一档)。", "Cases that are open on the last day (FA-030).", (db, scope) =>
            from row in db.Set<Case>()
            where row.CountyCode == scope.CountyCode && row.OpenedAt < scope.End && (row.ClosedAt == null || row.ClosedAt >= scope.End)
            select new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.OpenedAt, What = row.Number }) with { IsStock = true },
        Persons("persons.served", "服务人数", "Persons served", "期内至少有一条已验收服务记录(不含走访)的人。", "Persons with at least one accepted record, visits apart.", (db, scope) => Served(db, scope, null)),
        Persons("persons.dibao", "服务低保对象人数", "Dibao recipients served", "服务人数中个案类别为低保的。", "Those of cases of dibao among them.", (db, scope) => Served(db, scope, ReliefCategory.Dibao)),
        Persons("persons.tekun", "服务特困人员人数", "Tekun recipients served", "服务人数中个案类别为特困的。", "Those of cases of tekun among them.", (db, scope) => Served(db, scope, ReliefCategory.Tekun)),
        Persons("recipients.dibao", "低保人数", "Dibao recipients", "截止日具有低保身份的人。", "Persons who are dibao recipients on the last day (PL-035).", (db, scope) => Identified(db, scope, ReliefCategory.Dibao)) with { IsStock = true },
        Persons("recipients.tekun", "特困人数", "Tekun recipients", "截止日具有特困身份的人。", "Persons who are tekun recipients on the last day (PL-035).", (db, scope) => Identified(db, scope, ReliefCategory.Tekun)) with { IsStock = true },
        .. new[] { ((string?)null, "orders.all", "服务订单", "Orders") }.Concat(Catalogue.Pathways.All.Select(pathway => ((string?)pathway.Code, "orders." + pathway.Code, $"服务订单：{pathway.Chinese}", $"Orders by {pathway.English}")))
            .Select(one => Pieces(one.Item2, one.Item3, one.Item4, "service_order", "期内开立的订单。", "Orders that were opened.", (db, scope) => Ordered(db, scope, one.Item1))),
        Working("staff.all", "社会救助工作人员", "Relief staff", null, "截止日在册在岗并担任职务的工作人员。", "Active staff with a post on the last day (ZZ-004)."),
        Working("staff.assistants", "社会救助协理员", "Relief assistants", ReliefRoles.Assistant, "其中担任协理员的。", "Those with the post of an assistant.")
    ];

    private static IQueryable<CountedPiece> Found(ReliefDbContext db, FigureScope scope, DiscoveryWay? way)
    {
        DiscoveryChannel?[] channels = [.. Enum.GetValues<DiscoveryChannel>().Where(channel => way is null || DiscoveryChannels.WayOf(channel) == way)];
        return db.Set<Discovery>()
            .Where(row => row.CountyCode == scope.CountyCode && row.Status != DiscoveryStatus.Merged && row.CreatedAt >= scope.Start && row.CreatedAt < scope.End && channels.Contains(row.Channel))
            .Select(row => new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.CreatedAt });
    }

    private static IQueryable<CountedPiece> Opened(ReliefDbContext db, FigureScope scope) => db.Set<Case>()
        .Where(row => row.CountyCode == scope.CountyCode && row.OpenedAt >= scope.Start && row.OpenedAt < scope.End)
        .Select(row => new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.OpenedAt, What = row.Number, Parent = row.ApplicationId });

    private static IQueryable<CountedPiece> Decided(ReliefDbContext db, FigureScope scope, DecisionOutcome outcome) =>
        from row in db.Set<DecisionRecord>()
        join parent in db.Set<Case>() on row.CaseId equals parent.Id
        where row.CountyCode == scope.CountyCode && row.Outcome == outcome && row.CreatedAt >= scope.Start && row.CreatedAt < scope.End
        select new CountedPiece { Id = row.Id, AreaCode = parent.AreaCode, At = row.CreatedAt, What = row.ReasonCode, Parent = row.CaseId };

    private static IQueryable<CountedPiece> Ordered(ReliefDbContext db, FigureScope scope, string? pathway) =>
        from row in db.Set<Order>()
        join parent in db.Set<Case>() on row.CaseId equals parent.Id
        where row.CountyCode == scope.CountyCode && row.CreatedAt >= scope.Start && row.CreatedAt < scope.End && (pathway == null || row.Pathway == pathway)
        select new CountedPiece { Id = row.Id, AreaCode = parent.AreaCode, At = row.CreatedAt, What = row.Pathway };

    private static IQueryable<Person> Entrants(ReliefDbContext db, FigureScope scope)
    {
        var confirmed = from decision in db.Set<DecisionRecord>()
                        join parent in db.Set<Case>() on decision.CaseId equals parent.Id
                        where parent.CountyCode == scope.CountyCode && decision.Outcome == DecisionOutcome.Confirmed
                        select new { parent.PersonId, decision.CreatedAt };
        return db.Set<Person>().Where(person => confirmed.Any(one => one.PersonId == person.Id && one.CreatedAt >= scope.Start && one.CreatedAt < scope.End)
            && !confirmed.Any(one => one.PersonId == person.Id && one.CreatedAt < scope.Start));
    }

    private static IQueryable<Person> Served(ReliefDbContext db, FigureScope scope, ReliefCategory? category)
    {
        var orders = from order in db.Set<Order>()
                     join parent in db.Set<Case>() on order.CaseId equals parent.Id
                     where order.CountyCode == scope.CountyCode && (category == null || parent.Category == category)
                         && db.Set<VisitRecord>().Any(record => record.OrderId == order.Id && record.ServiceDate >= scope.From && record.ServiceDate <= scope.To
                             && (record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled)
                             && db.Set<Catalogue.CatalogueItem>().Any(item => item.Code == record.ItemCode && item.Class != Catalogue.ServiceClass.Visit))
                     select order.PersonId;
        return db.Set<Person>().Where(person => orders.Contains(person.Id));
    }

    private static IQueryable<Person> Identified(ReliefDbContext db, FigureScope scope, ReliefCategory category) => db.Set<Person>().Where(person => person.CountyCode == scope.CountyCode
        && db.Set<ReliefIdentity>().Any(identity => identity.PersonId == person.Id && identity.Category == category && identity.ValidFrom <= scope.To && (identity.ValidTo == null || identity.ValidTo >= scope.To)));

    private static Figure Working(string key, string chinese, string english, string? role, string meaningChinese, string meaning) => new(key, chinese, english, FigureUnit.Persons)
    {
        Of = "staff_member", MeaningChinese = meaningChinese, Meaning = meaning, IsStock = true,
        Rows = (db, scope) => db.Set<StaffMember>().Where(row => row.CountyCode == scope.CountyCode && row.Active
                && db.Set<StaffRole>().Any(post => post.StaffId == row.Id && (role == null || post.Role == role) && post.ValidFrom <= scope.To && (post.ValidTo == null || post.ValidTo >= scope.To)))
            .Select(row => new FigureRow { Id = row.Id, AreaCode = row.AreaCode })
    };

    private static Figure Persons(string key, string chinese, string english, string meaningChinese, string meaning, Func<ReliefDbContext, FigureScope, IQueryable<Person>> who) => new(key, chinese, english, FigureUnit.Persons)
    {
        Of = "person", MeaningChinese = meaningChinese, Meaning = meaning, Rows = (db, scope) => who(db, scope).Select(person => new FigureRow { Id = person.Id, AreaCode = person.AreaCode })
    };

    internal static Figure Pieces(string key, string chinese, string english, string of, string meaningChinese, string meaning, Func<ReliefDbContext, FigureScope, IQueryable<CountedPiece>> which) =>
        new(key, chinese, english, FigureUnit.Pieces)
        {
            Of = of, MeaningChinese = meaningChinese, Meaning = meaning, Rows = (db, scope) => which(db, scope).Select(row => new FigureRow { Id = row.Id, AreaCode = row.AreaCode, At = row.At, What = row.What })
        };

    internal static Figure Share(string key, string chinese, string english, string of, (string Part, string Whole) parts, string meaningChinese, string meaning) =>
        new(key, chinese, english, FigureUnit.Share) { Of = of, MeaningChinese = meaningChinese, Meaning = meaning, Parts = parts };
}

/// <summary>A piece before it is counted, with what figures choose by.</summary>
internal sealed record CountedPiece
{
    public required string Id { get; init; }

    public required string AreaCode { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? What { get; init; }

    public string Parent { get; init; } = "";
}
