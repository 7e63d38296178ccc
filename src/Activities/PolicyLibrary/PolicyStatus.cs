namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>Whether an entry of the policy library holds.</summary>
public enum PolicyStatus
{
    Proposed,
    Approved,
    Refused
}
