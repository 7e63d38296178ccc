using Relief.Flow.Activities.Funds;

namespace Relief.Flow.Activities.FundYears;

/// <summary>A reservation with money still set aside on the accounts of a year.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="OrderId">What it is for: an order, a subsidy sheet, a measure.</param>
/// <param name="Amount">Yuan still set aside on that year's accounts.</param>
/// <param name="RunsOn">Whether its order is served beyond the year.</param>
/// <param name="Decision">What is proposed or decided for it; null when nothing names it.</param>
/// <param name="Refusal">Why it could not be carried over, as a code.</param>
public sealed record OpenReservation(string Id, string OrderId, decimal Amount, bool RunsOn, CarryChoice? Decision, string? Refusal);
