using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Guidance;

/// <summary>Keeps typical cases: the person agrees to the text as it is, a second person publishes it, and a consent that is taken back takes it down at once (CZ-156).</summary>
public sealed partial class TypicalCaseBook(ReliefDbContext context)
{
    /// <summary>A typical case, or none.</summary>
    public Task<TypicalCase?> Find(string id, CancellationToken cancellationToken) => context.Set<TypicalCase>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Keeps a draft about a case, once per id; or says why it cannot be told: named when it says who it is about, minor, confidential.</summary>
    public async Task<(TypicalCase? Drafted, string? Problem)> Draft((string Id, string CaseId, string Title, string Story, string Outcome) told, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord(Chain(told.Id), cancellationToken);
        if (await Find(told.Id, cancellationToken) is { } known)
            return (known, null);
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == told.CaseId, cancellationToken);
        if (await Unlawful(parent.PersonId, deed.At, cancellationToken) is { } problem)
            return (null, problem);
        var names = await context.Set<Person>().Where(row => row.Id == parent.PersonId || (parent.HouseholdId != null && row.HouseholdId == parent.HouseholdId)).Select(row => row.Name).ToListAsync(cancellationToken);
        string[] texts = [told.Title, told.Story, told.Outcome];
        if (texts.Any(text => names.Any(name => text.Contains(name, StringComparison.Ordinal)) || Number().IsMatch(text)))
            return (null, "named");
        var drafted = new TypicalCase
        {
            Id = told.Id, CountyCode = parent.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = parent.AreaCode, CaseId = parent.Id, PersonId = parent.PersonId,
            Title = told.Title, Story = told.Story, Outcome = told.Outcome, Status = TypicalCaseStatus.Drafted
        };
        await context.Insert(drafted, cancellationToken);
        await Note(drafted, "TypicalCaseDrafted", deed, cancellationToken);
        return (drafted, null);
    }

    /// <summary>Takes down that the person agrees to this text; null when it is kept, else why not.</summary>
    public Task<string?> Consent(string id, string form, Deed deed, CancellationToken cancellationToken) => Change(id, "TypicalCaseConsented",
        row => row.Status != TypicalCaseStatus.Drafted || row.ConsentAt is not null ? (null, "consented") : (row with { ConsentForm = form, ConsentBy = deed.By, ConsentAt = deed.At }, null), deed, cancellationToken);

    /// <summary>Publishes it; null when it is public, else why not.</summary>
    public async Task<string?> Publish(string id, Deed deed, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is { } row && await Unlawful(row.PersonId, deed.At, cancellationToken) is { } problem)
            return problem;
        return await Change(id, "TypicalCasePublished", row => row switch
        {
            { Status: not TypicalCaseStatus.Drafted } => (null, "notDrafted"),
            { ConsentAt: null } or { WithdrawnAt: not null } => (null, "noConsent"),
            _ when row.CreatedBy == deed.By => (null, "samePerson"),
            _ => (row with { Status = TypicalCaseStatus.Published, PublishedBy = deed.By, PublishedAt = deed.At }, null)
        }, deed, cancellationToken);
    }

    /// <summary>The person takes the consent back: it comes down with it, in one statement; null when it is done, else why not.</summary>
    public Task<string?> Withdraw(string id, Deed deed, CancellationToken cancellationToken) => Change(id, "TypicalCaseWithdrawn", row => row switch
    {
        { ConsentAt: null } or { WithdrawnAt: not null } => (null, "noConsent"),
        { Status: TypicalCaseStatus.Published } => (row with { WithdrawnAt = deed.At, Status = TypicalCaseStatus.TakenDown, TakenDownAt = deed.At }, null),
        _ => (row with { WithdrawnAt = deed.At }, null)
    }, deed, cancellationToken);

    private static string Chain(string id) => "typical-case:" + id;

    private async Task<string?> Change(string id, string what, Func<TypicalCase, (TypicalCase? Changed, string? Problem)> change, Deed deed, CancellationToken cancellationToken)
    {
        var (changed, problem) = change(await context.Locked<TypicalCase>(id).SingleAsync(cancellationToken));
        if (changed is null)
            return problem;
        await context.Replace(changed, cancellationToken);
        await Note(changed, what, deed, cancellationToken);
        return null;
    }

    private async Task<string?> Unlawful(string personId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var facts = (await new PersonQueries(context).Facts(personId, ChinaTime.DayOf(at), cancellationToken))!;
        return facts.Minor ? "minor" : facts.Confidential ? "confidential" : null;
    }

    private Task Note(TypicalCase row, string what, Deed deed, CancellationToken cancellationToken) => context.Audit(Chain(row.Id), new AuditDetail(what, new { row.CaseId, row.ConsentForm }), deed, cancellationToken);

    // A telephone, an ID number, an account.
    [GeneratedRegex("[0-9]{7}")]
    private static partial Regex Number();
}
