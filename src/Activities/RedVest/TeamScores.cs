namespace Relief.Flow.Activities.RedVest;

/// <summary>The six dimensions of a precise assessment, each from 1 (badly off) to 5 (well).</summary>
public sealed record TeamScores(int Life, int Health, int Family, int Mind, int Social, int Capability)
{
    /// <summary>True when each is from 1 to 5.</summary>
    public bool AreComplete => new[] { Life, Health, Family, Mind, Social, Capability }.All(score => score is >= 1 and <= 5);
}
