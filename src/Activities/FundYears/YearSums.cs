namespace Relief.Flow.Activities.FundYears;

/// <summary>What the close of a year made of its open reservations, in yuan.</summary>
/// <param name="Accrued">Committed by accrual.</param>
/// <param name="Carried">Gone on into the next year.</param>
/// <param name="Released">Given back.</param>
/// <param name="Refused">How many could not be carried over and still stand.</param>
public sealed record YearSums(decimal Accrued, decimal Carried, decimal Released, int Refused);
