namespace Relief.Flow.Activities.Rounds;

/// <summary>Whose duty a visit is (PL-011, PL-012, FA-020).</summary>
public enum VisitDuty
{
    /// <summary>The village's: each month.</summary>
    Village,

    /// <summary>The street's or township's: each half-year.</summary>
    Street,

    /// <summary>The village's towards elderly people in special difficulty, where policy asks for it.</summary>
    Elderly,

    /// <summary>The grid worker's, asked for on its own.</summary>
    Grid
}
