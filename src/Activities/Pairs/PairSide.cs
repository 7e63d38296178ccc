namespace Relief.Flow.Activities.Pairs;

/// <summary>Whose agreement a pair needs.</summary>
public enum PairSide
{
    Person,
    Helper
}
