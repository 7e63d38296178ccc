using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>What a step works with that a report of a visit has led to.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Report">The report.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record VisitScene(ReliefDbContext Db, HomeReport Report, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Report.CountyCode;

    public string Title => Report.AreaCode;

    public string Subject => VisitDesk.Chain(Report.VisitId);
}
