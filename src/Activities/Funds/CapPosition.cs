namespace Relief.Flow.Activities.Funds;

/// <summary>Where a county-year stands against the 1 % cap on F3 (INV-03), in yuan.</summary>
/// <param name="Cap">One hundredth of the cap base.</param>
/// <param name="Appropriated">What all F3 accounts were given.</param>
/// <param name="Used">Reserved, committed and spent together.</param>
public sealed record CapPosition(decimal Cap, decimal Appropriated, decimal Used)
{
    /// <summary>What may still be reserved; never below zero, because nothing is clawed back when the base is cut (X04).</summary>
    public decimal Room => Math.Max(0, Cap - Used);

    /// <summary>True when the base was cut below what was given: the county is told at once.</summary>
    public bool AboveCap => Appropriated > Cap;
}
