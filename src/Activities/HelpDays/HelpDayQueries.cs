using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>Reads help days and reckons what they came to.</summary>
public sealed class HelpDayQueries(ReliefDbContext context)
{
    private static readonly CaseStatus[] Undecided =
    [
        CaseStatus.Draft, CaseStatus.Submitted, CaseStatus.SupplementRequested, CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview, CaseStatus.NoticeRunning
    ];

    /// <summary>A help day, or none.</summary>
    public Task<HelpDay?> Find(string id, CancellationToken cancellationToken) => context.Set<HelpDay>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A help day that must be there.</summary>
    public async Task<HelpDay> Get(string id, CancellationToken cancellationToken) => await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no help day {id}.");

    /// <summary>A county's help days, newest first.</summary>
    public async Task<IReadOnlyList<HelpDay>> Of(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<HelpDay>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.HeldOn).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Its desks.</summary>
    public async Task<IReadOnlyList<HelpDesk>> Desks(string id, CancellationToken cancellationToken) =>
        await context.Set<HelpDesk>().Where(row => row.HelpDayId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Whether all these units and people are known in a county.</summary>
    public async Task<bool> Knows(string countyCode, IReadOnlyList<string> units, IReadOnlyList<string> people, CancellationToken cancellationToken) =>
        await context.Set<Organisation>().CountAsync(row => row.CountyCode == countyCode && units.Contains(row.Id), cancellationToken) == units.Distinct().Count()
        && await context.Set<StaffMember>().CountAsync(row => row.CountyCode == countyCode && row.Active && people.Contains(row.Id), cancellationToken) == people.Distinct().Count();

    /// <summary>What it came to.</summary>
    public async Task<HelpDayReport> Report(string id, CancellationToken cancellationToken)
    {
        var entries = await context.Set<HelpEntry>().Where(row => row.HelpDayId == id).OrderBy(row => row.DeviceAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var (applied, attached) = await Applications(entries, cancellationToken);
        HelpLink[] links = [.. applied, .. await Conferences(entries, cancellationToken), .. await Mandates(entries, cancellationToken)];
        return new HelpDayReport(
            Sum(entries, HelpKind.Leaflet), Sum(entries, HelpKind.Consultation), applied.Count - attached, attached, links.Count(link => link.Kind == HelpKind.Escalation), links.Count(link => link.Kind == HelpKind.Mandate),
            links.Count(link => !link.IsClosed), [.. links.OrderBy(link => link.WrittenAt).ThenBy(link => link.ObjectId, StringComparer.Ordinal)]);
    }

    private async Task<(List<HelpLink> Links, int Attached)> Applications(List<HelpEntry> entries, CancellationToken cancellationToken)
    {
        var ids = Ids(entries, HelpKind.Application);
        var rows = await context.Set<Application>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.PersonId, row.Status, row.CaseId }).ToListAsync(cancellationToken);
        var cases = await context.Set<Case>().Where(row => ids.Contains(row.ApplicationId)).Select(row => new { row.Id, row.ApplicationId, row.Status }).ToListAsync(cancellationToken);
        List<HelpLink> links = [];
        foreach (var row in rows)
        {
            var own = cases.Find(one => one.ApplicationId == row.Id);
            // Who had an open case is looked after there.
            links.Add(Link(entries, HelpKind.Application, row.Id, "cases/" + (own?.Id ?? row.CaseId), own?.Status.ToString() ?? "Attached", own is null || !Undecided.Contains(own.Status)));
        }

        return (links, rows.Count - cases.Count);
    }

    private async Task<IEnumerable<HelpLink>> Conferences(List<HelpEntry> entries, CancellationToken cancellationToken)
    {
        var ids = Ids(entries, HelpKind.Escalation);
        var rows = await context.Set<Conference>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Status }).ToListAsync(cancellationToken);
        return rows.Select(row => Link(entries, HelpKind.Escalation, row.Id, "conferences/" + row.Id, row.Status.ToString(), row.Status is ConferenceStatus.Refused or ConferenceStatus.Failed or ConferenceStatus.Closed));
    }

    private async Task<IEnumerable<HelpLink>> Mandates(List<HelpEntry> entries, CancellationToken cancellationToken)
    {
        var ids = Ids(entries, HelpKind.Mandate);
        var rows = await context.Set<HelpMandate>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Status }).ToListAsync(cancellationToken);
        return rows.Select(row => Link(entries, HelpKind.Mandate, row.Id, "mandates/" + row.Id, row.Status.ToString(), row.Status == MandateStatus.Ended));
    }

    private static HelpLink Link(List<HelpEntry> entries, HelpKind kind, string objectId, string address, string status, bool isClosed)
    {
        var entry = entries.First(one => one.Kind == kind && one.ObjectId == objectId);
        return new HelpLink(kind, entry.DeskId, objectId, "/api/v1/" + address, status, isClosed, entry.DeviceAt);
    }

    private static List<string> Ids(List<HelpEntry> entries, HelpKind kind) => [.. entries.Where(entry => entry.Kind == kind).Select(entry => entry.ObjectId!)];

    private static int Sum(List<HelpEntry> entries, HelpKind kind) => entries.Where(entry => entry.Kind == kind).Sum(entry => entry.Number ?? 0);
}
