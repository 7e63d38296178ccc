using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Begins what a report leads to: a change its procedure, a need a discovery; danger and a family that nobody finds go on here (P18 steps 2 and 3).</summary>
/// <remarks>What it begins has ids made of the report, so that each is begun once.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Begins what the report of a visit leads to.", Chinese = "走访结果处理")]
[Outcomes("Followed", "Missed", "Danger")]
public sealed class FollowVisit : Activity
{
    [Input("The report.", Chinese = "走访记录")]
    public required string ReportId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var report = await new VisitDesk(db).Get(ReportId, cancellationToken);
        var township = await new AreaQueries(db).TownshipOf(report.AreaCode, cancellationToken);
        List<Message> send = [.. Changes(report)];
        if (report.Needs is { Length: > 0 })
            send.Add(await Discovered(db, report, context, cancellationToken));
        if (report.Outcome == VisitOutcome.Refused)
            send.Add(Tell.Unit("visit.refused", "C", township, new { visit = report.VisitId }));
        if (report.PaceAlarm)
            send.Add(Tell.Unit("visit.pace", "C", township, new { by = report.VisitedBy, day = report.VisitedOn }));
        var outcome = report.Danger is { Length: > 0 } ? "Danger" : await new VisitDesk(db).IsLastMiss(report, cancellationToken) ? "Missed" : "Followed";
        return new Completed(outcome) { Send = [.. send] };
    }

    /// <summary>The start of the procedure of a change that a visit has found (P12).</summary>
    internal static Message ChangeOf(HomeReport report, SeenChange change) => Message.Of(ChangeStart.Of(
        report.PersonId, Enum.Parse<ChangeKind>(change.Kind), (ChangeOrigin.Visit, $"{report.Id}-{change.Kind}"), (change.Seen, report.VisitedBy, null)));

    private static IEnumerable<Message> Changes(HomeReport report)
    {
        var seen = report.Changes.Select(SeenChange.Of).ToList();
        if (report.Outcome == VisitOutcome.AwayLongTerm && !seen.Exists(change => change.Kind is "Recheck" or "Address"))
            seen.Add(new SeenChange("Recheck", report.Situation ?? "长期外出"));
        return seen.DistinctBy(change => change.Kind).Select(change => ChangeOf(report, change));
    }

    private static async Task<Message> Discovered(ReliefDbContext db, HomeReport report, ActivityContext context, CancellationToken cancellationToken)
    {
        var deed = context.DeedOf("discovery", report.VisitedBy);
        var found = await new DiscoveryBook(db).Register(new Discovery
        {
            Id = context.KeyFor("discovery").ToString("N"), CountyCode = report.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = report.AreaCode, Origin = DiscoveryOrigin.Visit, OriginId = report.Id,
            PersonId = report.PersonId, Seen = report.Needs!, Risk = report.Danger is { Length: > 0 } ? DiscoveryRisk.High : DiscoveryRisk.Normal
        }, deed, cancellationToken);
        return Message.Of(DiscoveryBook.StartOf(found));
    }
}
