using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Tasks;

/// <summary>Arranges deputies for the API and for the inbox: each for themselves, who governs for everybody.</summary>
internal sealed class DeputyDesk(ReliefRecords records)
{
    /// <summary>Whether somebody may arrange for a person.</summary>
    public static bool MayFor(string person, ClaimsPrincipal user) => user.Acting() is { } acting ? acting == person : Policies.Lets(user, Policies.Govern);

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "deputy.notFound", "There is no such arrangement.");

    public static ProblemHttpResult NotYours() => Refusal.Of(403, "deputy.notYours", "Each arranges their own deputy; for others those do who govern.");

    /// <summary>What concerns a person from today on.</summary>
    public async Task<IReadOnlyList<StaffDeputy>> Of(string person, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new DeputyBook(db).Of(person, ChinaTime.DayOf(await records.Now(cancellationToken)), cancellationToken);
    }

    /// <summary>What was arranged, or why nothing was.</summary>
    public async Task<(StaffDeputy? Made, ProblemHttpResult? Refused)> Arrange(NewDeputy asked, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("staff", asked.Staff is { } staff && Actor.StaffId().IsMatch(staff), "The staff id of who is away.")
            .Check("deputy", asked.Deputy is { } deputy && Actor.StaffId().IsMatch(deputy), "The staff id of the deputy.")
            .Check("from", asked.From is not null, "The first day.").Check("to", asked.To is not null, "The last day.")
            .Check("reason", asked.Reason?.Trim() is { Length: > 0 and <= 200 }, "Why, 1 to 200 characters.");
        if (fields.Refused is { } wrong)
            return (null, wrong);
        if (!MayFor(asked.Staff!, user))
            return (null, NotYours());

        var deed = await records.DeedOf(user.By(), cancellationToken);
        var wanted = new StaffDeputy
        {
            Id = deed.NewId(), StaffId = asked.Staff!, DeputyId = asked.Deputy!, ValidFrom = asked.From!.Value, ValidTo = asked.To!.Value, Reason = asked.Reason!.Trim(), CreatedAt = deed.At, CreatedBy = deed.By
        };
        return await records.Change(db => new DeputyBook(db).Arrange(wanted, ChinaTime.DayOf(deed.At), deed, cancellationToken), cancellationToken) switch
        {
            null => (wanted, null),
            "Taken" => (null, Refusal.Of(409, "deputy.taken", "There is a deputy already in that time; end that arrangement first.")),
            "Period" => (null, new Fields().Add("to", $"From today on, not before the first day, at most {DeputyBook.Longest} days.").Refused),
            "NotStaff" => (null, new Fields().Add("staff", "Nobody of this id works here.").Refused),
            "SamePerson" => (null, new Fields().Add("deputy", "Nobody is their own deputy.").Refused),
            _ => (null, new Fields().Add("deputy", "Nobody of this id works here.").Refused)
        };
    }

    /// <summary>Ends it; null when that was done.</summary>
    public async Task<ProblemHttpResult?> End(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (await new DeputyBook(db).Find(id, cancellationToken) is not { EndedAt: null } standing)
            return NotFound();
        if (!MayFor(standing.StaffId, user))
            return NotYours();

        var deed = await records.DeedOf(user.By(), cancellationToken);
        return await records.Change(changing => new DeputyBook(changing).End(id, deed, cancellationToken), cancellationToken) ? null : NotFound();
    }
}
