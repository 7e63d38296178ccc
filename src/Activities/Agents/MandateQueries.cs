using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Agents;

/// <summary>Reads help on behalf of persons.</summary>
public sealed class MandateQueries(ReliefDbContext context)
{
    /// <summary>A mandate, or none.</summary>
    public Task<HelpMandate?> Find(string id, CancellationToken cancellationToken) => context.Set<HelpMandate>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The errands of a mandate as they stand in the list, a hospital first.</summary>
    public async Task<IReadOnlyList<HelpErrand>> Errands(string mandateId, CancellationToken cancellationToken) =>
        await context.Set<HelpErrand>().Where(row => row.MandateId == mandateId).OrderBy(row => row.Ord).ToListAsync(cancellationToken);

    /// <summary>A mandate with everything that was done under it, or none.</summary>
    public async Task<MandateView?> View(string id, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { } mandate)
            return null;
        var subject = MandateBook.Chain(id);
        return new MandateView(
            mandate,
            await Errands(id, cancellationToken),
            await context.Set<PaperLink>().Where(row => row.MandateId == id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken),
            await context.Set<AuditEvent>().Where(audit => audit.Subject == subject).OrderBy(audit => audit.Sequence)
                .Select(audit => new TimelineEntry(audit.What, audit.DoneBy, audit.DoneAt, audit.Detail)).ToListAsync(cancellationToken));
    }

    /// <summary>A county's mandates, newest first; only those that have not ended when asked.</summary>
    public async Task<IReadOnlyList<HelpMandate>> Of(string countyCode, bool isOpen, CancellationToken cancellationToken) =>
        await context.Set<HelpMandate>().Where(row => row.CountyCode == countyCode && (!isOpen || row.Status != MandateStatus.Ended))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A relative's link, or none.</summary>
    public Task<PaperLink?> Link(string id, CancellationToken cancellationToken) => context.Set<PaperLink>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Why an agent may not hand in an application under a mandate: MandateUnknown, NotTheAgent or MandateNotOpen; null when they may.</summary>
    public async Task<string?> Obstacle(string mandateId, string by, CancellationToken cancellationToken) => await Find(mandateId, cancellationToken) switch
    {
        null => "MandateUnknown",
        { Status: MandateStatus.Ended or MandateStatus.Asked } => "MandateNotOpen",
        { AgentId: var agent } when agent != by => "NotTheAgent",
        { Status: MandateStatus.Given } => null,
        _ => "MandateNotOpen"
    };

    /// <summary>Whether somebody is kin of the person, or has surveyed, accepted or decided in one of their cases: then they are not their agent (P20 step 1).</summary>
    public async Task<bool> IsInConflict(string personId, string staffId, CancellationToken cancellationToken)
    {
        if ((await new StaffQueries(context).Conflicts(personId, [staffId], cancellationToken)).Any(row => row.Relation != KinDeclaration.AgentOf))
            return true;
        var cases = await context.Set<Case>().Where(row => row.PersonId == personId).Select(row => row.Id).ToListAsync(cancellationToken);
        if (await context.Set<DecisionRecord>().AnyAsync(row => cases.Contains(row.CaseId) && row.DecidedBy == staffId, cancellationToken))
            return true;
        var teams = await context.Set<SurveyRecord>().Where(row => cases.Contains(row.CaseId)).Select(row => row.Team).ToListAsync(cancellationToken);
        return teams.Any(team => team.Contains(staffId));
    }
}
