namespace Relief.Flow.Activities.Kin;

/// <summary>What the county says about a decision that was taken before the kinship was filed.</summary>
public enum KinRecheck
{
    DecisionStands,
    DecisionRevoked
}
