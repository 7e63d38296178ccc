namespace Relief.Flow.Activities.FundYears;

/// <summary>The policy parameters that name the days of a year of money.</summary>
internal static class FundYearDays
{
    /// <summary>From when the open reservations are decided on.</summary>
    public const string CarryList = "fund.carryList";

    /// <summary>At whose end the year is closed.</summary>
    public const string Close = "fund.closeYear";

    /// <summary>At whose end, in the next year, what was committed by accrual and not billed is given back.</summary>
    public const string AccrualEnd = "fund.accrualEnd";
}
