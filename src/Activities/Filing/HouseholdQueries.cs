using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Filing;

/// <summary>Reads households as somebody may see them: who lives there, who answers for whom, and their cases (X01).</summary>
public sealed class HouseholdQueries(ReliefDbContext context)
{
    /// <summary>Households by the number on their folder, after one of them; of a village when one is asked for.</summary>
    public async Task<IReadOnlyList<HouseholdLine>> From(string? village, string after, int most, CancellationToken cancellationToken)
    {
        var rows = context.Set<Household>().Where(row => village == null || row.AreaCode == village);
#pragma warning disable CA1309, CA1310, CA1307 // translated into the database's own comparison of folder numbers, which are plain ASCII
        var households = await rows.Where(row => string.Compare(row.FolderNumber, after) > 0).OrderBy(row => row.FolderNumber).Take(most).ToListAsync(cancellationToken);
#pragma warning restore CA1309, CA1310, CA1307
        string[] ids = [.. households.Select(row => row.Id)];
        var members = (await context.Set<Person>().Where(row => row.HouseholdId != null && ids.Contains(row.HouseholdId)).Select(row => new { row.Id, row.Name, row.HouseholdId }).ToListAsync(cancellationToken))
            .ToLookup(row => row.HouseholdId);
        return [.. households.Select(row => new HouseholdLine(row, members[row.Id].FirstOrDefault(member => member.Id == row.HeadPersonId)?.Name, members[row.Id].Count()))];
    }

    /// <summary>A household with those who live in it, the head first; or none.</summary>
    public async Task<HouseholdSheet?> Of(string householdId, CancellationToken cancellationToken)
    {
        var book = new HouseholdBook(context);
        if (await book.Find(householdId, cancellationToken) is not { } household)
            return null;
        var members = await book.Members(householdId, cancellationToken);
        string[] ids = [.. members.Select(member => member.Id)];
        var guardians = (await new PersonQueries(context).Known([.. members.Select(member => member.GuardianId).OfType<string>().Distinct()], cancellationToken)).ToDictionary(person => person.Id, person => person.Name);
        var cases = (await context.Set<Case>().Where(row => ids.Contains(row.PersonId)).OrderByDescending(row => row.Id).ToListAsync(cancellationToken)).ToLookup(row => row.PersonId);
        var isFiled = await context.Set<ArchiveFile>().AnyAsync(file => file.FolderNumber == household.FolderNumber, cancellationToken);
        return new HouseholdSheet(household, isFiled, [.. members.OrderByDescending(member => member.Id == household.HeadPersonId).ThenBy(member => member.BirthDate)
            .Select(member => new HouseholdMember(member, member.GuardianId is { } guardian ? guardians.GetValueOrDefault(guardian, guardian) : null, [.. cases[member.Id]]))]);
    }
}

/// <summary>A household in a list.</summary>
/// <param name="Household">The household.</param>
/// <param name="Head">The name of its head; null without one.</param>
/// <param name="Members">How many live there, as far as they may be seen.</param>
public sealed record HouseholdLine(Household Household, string? Head, int Members);

/// <summary>A household and who lives in it.</summary>
/// <param name="Household">The household.</param>
/// <param name="IsFiled">Whether its folder holds a file yet.</param>
/// <param name="Members">Who lives there, the head first.</param>
public sealed record HouseholdSheet(Household Household, bool IsFiled, IReadOnlyList<HouseholdMember> Members);

/// <summary>Somebody who lives in a household.</summary>
/// <param name="Person">Who.</param>
/// <param name="Guardian">The name of who answers for them, or the reference where it is not to be seen; null for nobody.</param>
/// <param name="Cases">Their cases, the newest first.</param>
public sealed record HouseholdMember(Person Person, string? Guardian, IReadOnlyList<Case> Cases);
