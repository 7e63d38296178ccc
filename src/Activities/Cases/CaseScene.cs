using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Cases;

/// <summary>A case and where it lies: what tasks and notices about it need to know.</summary>
/// <param name="Case">The case.</param>
/// <param name="Township">Code of the township or street.</param>
/// <param name="County">Code of the county.</param>
public sealed record CaseScene(Case Case, string Township, string County)
{
    /// <summary>The business object in task lists.</summary>
    public string Subject => "case:" + Case.Id;

    /// <summary>A task for the township's people about this case.</summary>
    public HumanTask Task(DeskWork work) => new()
    {
        Title = $"{work.Title} {Case.Number}",
        Kind = work.Kind,
        Role = work.Role,
        Unit = work.Role == ReliefRoles.CountyOfficer ? County : work.Role == ReliefRoles.VillageWorker ? Case.AreaCode : Township,
        Excluded = [.. work.Excluded.Distinct().Order(StringComparer.Ordinal)],
        Subject = Subject,
        Outcomes = [.. work.Outcomes],
        Form = [.. work.Form],
        Data = work.Data,
        Due = work.Due,
        Priority = work.Priority
    };

    /// <summary>Reminds the township's people of what is to be done.</summary>
    public Message Reminder(string kind) => Tell.Unit("task.reminder", "C", Township, new { caseNumber = Case.Number, kind });

    /// <summary>Tells the county that a deadline has passed; the task stays open, nothing is decided by time (E15).</summary>
    public Message Overdue(string kind) => Tell.Unit("task.overdue", "K", County, new { caseNumber = Case.Number, kind });

    /// <summary>A notice to the person of the case.</summary>
    public Message ToPerson(string template, object data) => Tell.Person(template, "P", Case.PersonId, data);

    /// <summary>A notice to the applicant, who is reached through the application.</summary>
    public Message ToApplicant(string template, object data) => Tell.Person(template, "A", Case.PersonId, data);
}
