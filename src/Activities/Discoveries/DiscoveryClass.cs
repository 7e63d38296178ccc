namespace Relief.Flow.Activities.Discoveries;

/// <summary>All that a discoverer learns of what came of it.</summary>
public enum DiscoveryClass
{
    /// <summary>Help is under way.</summary>
    Helped,

    /// <summary>The person was known already.</summary>
    Known,

    /// <summary>No help is given.</summary>
    NotHelped,

    /// <summary>The person was not found.</summary>
    NotReached
}
