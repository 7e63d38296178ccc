using Relief.Flow.Activities.Funds;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Where an account stands and will stand at its year's end (P24 step 4), in yuan.</summary>
/// <param name="Balance">What it holds.</param>
/// <param name="ExpectedRenewals">What orders that end within the year are expected to take when they go on.</param>
/// <param name="Check">Its daily check; null before the first.</param>
public sealed record FundForecast(FundBalance Balance, decimal ExpectedRenewals, AccountCheck? Check)
{
    /// <summary>Spent, committed, reserved and expected together.</summary>
    public decimal AtYearEnd => Balance.Spent + Balance.Committed + Balance.Reserved + ExpectedRenewals;

    /// <summary>The share of its money in use, in percent, rounded down; 0 when it was given none.</summary>
    public int Used => Balance.Appropriated == 0 ? 0 : decimal.ToInt32(decimal.Floor((Balance.Appropriated - Balance.Available) * 100 / Balance.Appropriated));
}
