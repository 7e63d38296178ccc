using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Guidance;

/// <summary>What the approval of adjustments works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="All">What was asked together; at least one.</param>
/// <param name="Bureau">The city's bureau.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record AdjustmentScene(ReliefDbContext Db, IReadOnlyList<ItemAdjustment> All, string Bureau, ActivityContext Context) : IAskedScene
{
    public string CountyCode => All[0].CountyCode;

    public string Title => All[0].Document;

    public string Subject => AdjustmentBook.Chain(All[0].AskedId);

    /// <summary>The scene of what was asked together.</summary>
    public static async Task<AdjustmentScene> Of(ReliefDbContext db, string askedId, ActivityContext context, CancellationToken cancellationToken)
    {
        var all = await new AdjustmentBook(db).Of(askedId, cancellationToken);
        return all.Count == 0
            ? throw new InvalidOperationException($"Nothing was asked as {askedId}.")
            : new AdjustmentScene(db, all, await new CityQueries(db).Bureau(all[0].CityCode, cancellationToken) ?? all[0].CityCode, context);
    }
}
