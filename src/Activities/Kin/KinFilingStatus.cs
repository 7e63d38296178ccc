namespace Relief.Flow.Activities.Kin;

/// <summary>What became of a hit of the kin declarations.</summary>
public enum KinFilingStatus
{
    Open,
    Filed,
    NotKin
}
