using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>What a step of a conference works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Conference">The conference as it stands.</param>
/// <param name="Case">Its case, when it is about one.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record ConferenceScene(ReliefDbContext Db, Conference Conference, Case? Case, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Conference.CountyCode;

    public string Title => Number;

    public string Subject => Conference.Chain(Conference.Id);

    /// <summary>What tasks call it: the case's number, or the county's code.</summary>
    public string Number => Case?.Number ?? Conference.CountyCode;

    /// <summary>What notices may say: the masked brief.</summary>
    public object Reference => new { conference = Conference.Id, caseNumber = Number };

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template, object? data = null) => ActivityDeeds.Tell(template, "K", Conference.CountyCode, data ?? Reference);

    /// <summary>A notice to a unit.</summary>
    public Message ToUnit(string template, string unit, object? data = null) => ActivityDeeds.Tell(template, "D", unit, data ?? Reference);

    /// <summary>Who may neither speak nor vote: kin of the person (E09).</summary>
    public async Task<IReadOnlyList<string>> Excluded(CancellationToken cancellationToken) => Case is null ? [] : await new StaffQueries(Db).KinOf(Case.PersonId, cancellationToken);

    /// <summary>The scene of a conference.</summary>
    public static async Task<ConferenceScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var conference = await new ConferenceQueries(db).Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no conference {id}.");
        var about = conference.CaseId is { } caseId ? await db.Set<Case>().SingleAsync(row => row.Id == caseId, cancellationToken) : null;
        return new ConferenceScene(db, conference, about, context);
    }
}
