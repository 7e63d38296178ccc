using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>What a step of an order works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Order">The order with its surroundings.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record StepScene(ReliefDbContext Db, OrderScene Order, ActivityContext Context);
