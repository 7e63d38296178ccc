namespace Relief.Flow.Activities.Kin;

/// <summary>A county's year of kin filing (P27 step 6): every number is the count of linked records.</summary>
public sealed record KinReport
{
    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>By when the declarations were due.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>How many work on relief or in a village committee.</summary>
    public required int Staff { get; init; }

    /// <summary>How many of them declared in time.</summary>
    public required int DeclaredInTime { get; init; }

    /// <summary>How many declared later.</summary>
    public required int DeclaredLate { get; init; }

    /// <summary>Who has not declared.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>How many hits there were.</summary>
    public required int Hits { get; init; }

    /// <summary>How many were filed.</summary>
    public required int Filed { get; init; }

    /// <summary>How many of these after their time.</summary>
    public required int FiledLate { get; init; }

    /// <summary>How many were no kin.</summary>
    public required int NotKin { get; init; }

    /// <summary>How many are open.</summary>
    public required int Open { get; init; }

    /// <summary>How many were found missing when the decision was taken.</summary>
    public required int FoundAfterDecision { get; init; }

    /// <summary>How many of these decisions stand.</summary>
    public required int DecisionStands { get; init; }

    /// <summary>How many were revoked.</summary>
    public required int DecisionRevoked { get; init; }
}
