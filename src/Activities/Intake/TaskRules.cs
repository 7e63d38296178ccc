using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Intake;

/// <summary>Says before a decision reaches the engine why it may not be taken so, so that the person is told at once.</summary>
/// <remarks>The activities check it all again: what gets past here opens the task anew with the same reason.</remarks>
public sealed class TaskRules(ReliefDbContext context)
{
    /// <summary>OneTimeNotice or NothingMissing for a list of missing papers; null for whatever else.</summary>
    public async Task<string?> Problem(string kind, string? subject, string outcome, JsonElement data, CancellationToken cancellationToken)
    {
        if (kind != "completeness" || outcome != "Incomplete" || subject is null || !subject.StartsWith("case:", StringComparison.Ordinal))
            return null;
        var found = await new CaseQueries(context).Find(subject["case:".Length..], cancellationToken);
        var application = found is null ? null : await new ApplicationBook(context).Find(found.Case.ApplicationId, cancellationToken);
        return application is null ? null : (FormData.Read<MissingPapers>(data) ?? new MissingPapers()).ProblemFor(application);
    }

    /// <summary>ConflictOfInterest when a person would survey the case of somebody they are kin of or do things for (E09, P20); null when they may.</summary>
    /// <remarks>Reviews name whom they exclude themselves.</remarks>
    public async Task<string?> Conflicts(string by, string kind, string? subject, CancellationToken cancellationToken)
    {
        if (kind is not ("survey" or "survey-correction" or "county-survey") || subject is null || !subject.StartsWith("case:", StringComparison.Ordinal))
            return null;
        var caseId = subject["case:".Length..];
        var person = await context.Set<Case>().Where(row => row.Id == caseId).Select(row => row.PersonId).FirstOrDefaultAsync(cancellationToken);
        return person is not null && (await new StaffQueries(context).Conflicts(person, [by], cancellationToken)).Count > 0 ? "ConflictOfInterest" : null;
    }

    /// <summary>NotStaff or RoleMissing when neither a person nor anybody whose work they do may work on a task of a role and unit; null when they may, or when no staff are kept here.</summary>
    public async Task<string?> Forbids(string by, string? role, string? unit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (role is null || unit is null || !ReliefRoles.All.Contains(role))
            return null;
        if (!await context.Set<StaffMember>().AnyAsync(cancellationToken))
            return null;
        var staff = new StaffQueries(context);
        var day = ChinaTime.DayOf(now);
        // A supplier's tasks name the supplier as their unit, which is no area.
        foreach (var one in (string[])[by, .. await new DeputyBook(context).DoneFor(by, day, cancellationToken)])
        {
            if (await staff.Holds(one, role, unit, day, cancellationToken) || await staff.HoldsWithin(one, role, unit, day, cancellationToken))
                return null;
        }

        return (await staff.RolesOf(by, day, cancellationToken)).Count > 0 ? "RoleMissing" : "NotStaff";
    }
}
