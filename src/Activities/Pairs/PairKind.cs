namespace Relief.Flow.Activities.Pairs;

/// <summary>Who is paired with a person.</summary>
public enum PairKind
{
    /// <summary>A party member (M4).</summary>
    Party,

    /// <summary>A neighbour (M6).</summary>
    Neighbour
}
