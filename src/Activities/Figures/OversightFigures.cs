using System.Linq.Expressions;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Figures;

/// <summary>The figures of oversight: spot checks, requests, tickets, alerts, emergencies, conferences.</summary>
internal static class OversightFigures
{
    private static readonly string[] FoundedOutcomes = ["Founded", "PartlyFounded"];
    private static readonly TicketType[] Complaining = [TicketType.Complaint, TicketType.Report, TicketType.Objection];

    public static IReadOnlyList<Figure> All { get; } =
    [
        PeopleFigures.Pieces("spotChecks.checked", "已抽查的服务", "Services checked", "service_record", "被随机抽中并已查实的服务记录。", "Service records that were drawn by chance and whose check counts.", Checked),
        PeopleFigures.Share("spotChecks.share", "抽查比例", "Share checked", "service_record", ("spotChecks.checked", "spotChecks.services"), "已抽查的服务占年度服务总数的比例(不少于 30%)。", "What was checked of all services (CZ-036: 30 % at least)."),
        PeopleFigures.Pieces("requests.all", "求助", "Requests", "help_request", "期内收到的求助，合并的不计。", "Requests that came in, without those that were merged.", (db, scope) => Asked(db, scope)),
        PeopleFigures.Pieces("requests.inTime", "24小时内反馈", "Answered within 24 hours", "help_request", "24 小时内由人答复的求助。", "Requests that a human answered within 24 hours.", (db, scope) => Asked(db, scope, answered: true)),
        PeopleFigures.Pieces("requests.judged", "已到反馈时限的求助", "Requests answered or late", "help_request", "已答复或已超时的求助。", "Requests that were answered or are late.", (db, scope) => Asked(db, scope, answered: null)),
        PeopleFigures.Share("requests.share", "24小时反馈率", "Share in time", "help_request", ("requests.inTime", "requests.judged"), "按时反馈占已答复或已超时求助的比例。", "What was answered in time of what was answered or is late."),
        PeopleFigures.Pieces("tickets.all", "工单", "Tickets", "ticket", "期内登记的工单。", "Tickets that were opened.", (db, scope) => Opened(db, scope).Select(Piece)),
        PeopleFigures.Pieces("tickets.complaints", "投诉举报", "Complaints", "ticket", "其中的投诉、举报与异议。", "Complaints, reports and objections among them.", (db, scope) => Opened(db, scope).Where(row => row.Type != null && Complaining.Contains(row.Type.Value)).Select(Piece)),
        PeopleFigures.Pieces("tickets.settled", "办结工单", "Tickets settled", "ticket", "期内办结的工单。", "Tickets that were settled in the period.", (db, scope) => Settled(db, scope).Select(Piece)),
        PeopleFigures.Pieces("tickets.founded", "属实工单", "Tickets founded", "ticket", "期内办结且属实或部分属实的工单。", "Those found to be so, wholly or partly.", (db, scope) => Settled(db, scope).Where(row => row.Outcome != null && FoundedOutcomes.Contains(row.Outcome)).Select(Piece)),
        PeopleFigures.Pieces("alerts.true", "真实告警", "True alerts", "alert", "由人确认不属误报的告警。", "Alerts that a named human found to be none by mistake.", (db, scope) => Rung(db, scope, isFalse: false)),
        PeopleFigures.Pieces("alerts.false", "误报告警", "False alerts", "alert", "由人确认为误报的告警；不作处罚。", "Alerts that were pressed by mistake; nobody is punished for them.", (db, scope) => Rung(db, scope, isFalse: true)),
        PeopleFigures.Pieces("emergencies.all", "急难救助", "Emergencies", "emergency", "期内经审批启动的急难救助。", "Emergencies that were approved on the fast track (P29).",
            (db, scope) => Helped(db, scope).Where(row => row.ApprovedAt >= scope.Start).Select(Urgent)),
        PeopleFigures.Pieces("emergencies.open", "未补办手续的急难救助", "Emergencies not regularised", "emergency", "截止日已审批而尚未补办手续的。", "Those that are approved and not regularised on the last day: the county's board.",
            (db, scope) => Helped(db, scope).Where(row => row.EndedAt == null || row.EndedAt >= scope.End).Select(Urgent)) with { IsStock = true },
        PeopleFigures.Pieces("emergencies.missed", "逾期未补办的急难救助", "Emergencies regularised late or never", "emergency", "期内逾期未补办手续的；此后补办的仍计入。", "Those whose papers, survey and decision were not there in time; what follows later does not undo it.",
            (db, scope) => Helped(db, scope).Where(row => row.MissedAt >= scope.Start && row.MissedAt < scope.End).Select(Urgent)),
        PeopleFigures.Pieces("conferences.all", "一事一议", "Conferences", "conference", "期内作出结论的一事一议。", "Conferences that came to an end by vote or chair.", (db, scope) => Held(db, scope)),
        PeopleFigures.Pieces("conferences.passed", "一事一议通过", "Conferences passed", "conference", "其中通过的。", "Those that passed.", (db, scope) => Held(db, scope, ConferenceStatus.Passed, ConferenceStatus.Closed))
    ];

    private static IQueryable<CountedPiece> Checked(ReliefDbContext db, FigureScope scope) =>
        from record in db.Set<VisitRecord>()
        join order in db.Set<Order>() on record.OrderId equals order.Id
        join parent in db.Set<Case>() on order.CaseId equals parent.Id
        where record.CountyCode == scope.CountyCode && record.ServiceDate >= scope.From && record.ServiceDate <= scope.To && record.Status != RecordStatus.Voided
            && db.Set<SpotCheckItem>().Any(item => item.RecordId == record.Id && item.Origin != ItemOrigin.Risk
                && db.Set<SpotCheckFinding>().Any(finding => finding.ItemId == item.Id && finding.Result != CheckResult.CannotVerify))
        select new CountedPiece { Id = record.Id, AreaCode = parent.AreaCode, At = record.StartAt, What = record.ItemCode };

    // Answered true: in time; null: answered or late; false: whatever came in.
    private static IQueryable<CountedPiece> Asked(ReliefDbContext db, FigureScope scope, bool? answered = false) => db.Set<HelpRequest>()
        .Where(row => row.CountyCode == scope.CountyCode && row.Status != RequestStatus.Merged && row.ReceivedAt >= scope.Start && row.ReceivedAt < scope.End
            && (answered == false || (row.FeedbackAt != null && !row.Breached) || (answered == null && row.Breached)))
        .Select(row => new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.ReceivedAt, What = row.Channel });

    private static Expression<Func<Ticket, CountedPiece>> Piece => row => new CountedPiece { Id = row.Id, AreaCode = row.PlaceCode ?? row.TownshipCode ?? row.CountyCode, At = row.CreatedAt, What = row.Channel };

    private static IQueryable<Ticket> Opened(ReliefDbContext db, FigureScope scope) =>
        db.Set<Ticket>().Where(row => row.CountyCode == scope.CountyCode && row.CreatedAt >= scope.Start && row.CreatedAt < scope.End);

    private static IQueryable<Ticket> Settled(ReliefDbContext db, FigureScope scope) =>
        db.Set<Ticket>().Where(row => row.CountyCode == scope.CountyCode && row.SettledAt >= scope.Start && row.SettledAt < scope.End);

    private static IQueryable<CountedPiece> Rung(ReliefDbContext db, FigureScope scope, bool isFalse) => db.Set<Alert>()
        .Where(row => row.CountyCode == scope.CountyCode && row.Kind != "test" && row.Outcome != null && (row.Outcome == AlertOutcome.FalseAlarm) == isFalse && row.RaisedAt >= scope.Start && row.RaisedAt < scope.End)
        .Select(row => new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.RaisedAt, What = row.Kind });

    private static Expression<Func<EmergencyRelief, CountedPiece>> Urgent => row => new CountedPiece { Id = row.Id, AreaCode = row.AreaCode, At = row.ApprovedAt, What = row.ItemCode };

    private static IQueryable<EmergencyRelief> Helped(ReliefDbContext db, FigureScope scope) =>
        db.Set<EmergencyRelief>().Where(row => row.CountyCode == scope.CountyCode && row.ApprovedAt != null && row.ApprovedAt < scope.End);

    private static IQueryable<CountedPiece> Held(ReliefDbContext db, FigureScope scope, params ConferenceStatus[] only) => db.Set<Conference>()
        .Where(row => row.CountyCode == scope.CountyCode && row.DecidedAt >= scope.Start && row.DecidedAt < scope.End && row.Status != ConferenceStatus.Refused && (only.Length == 0 || only.Contains(row.Status)))
        .Select(row => new CountedPiece
        {
            Id = row.Id, AreaCode = db.Set<Case>().Where(one => one.Id == row.CaseId).Select(one => one.AreaCode).FirstOrDefault() ?? row.CountyCode, At = row.DecidedAt
        });
}
