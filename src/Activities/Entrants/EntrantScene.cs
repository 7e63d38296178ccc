using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>What the contact with a new entrant works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Entrant">Who is to be asked.</param>
/// <param name="Person">Who they are.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record EntrantScene(ReliefDbContext Db, Entrant Entrant, Person Person, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Entrant.CountyCode;

    public string Title => Entrant.EntrantsId[(Entrant.CountyCode.Length + 1)..];

    public string Subject => "entrant:" + Entrant.Id;

    /// <summary>Kin of the person, who do not ask (E09).</summary>
    public Task<IReadOnlyList<string>> Kin(CancellationToken cancellationToken) => new StaffQueries(Db).KinOf(Entrant.PersonId, cancellationToken);
}
