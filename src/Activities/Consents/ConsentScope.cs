namespace Relief.Flow.Activities.Consents;

/// <summary>What a consent was given for that no law provides for: what may be taken back at any time (PIPL art. 15, E20).</summary>
public enum ConsentScope
{
    /// <summary>A masked name on the public sheet.</summary>
    Publication,

    /// <summary>A typical case that tells of the person.</summary>
    Publicity,

    /// <summary>Data given to charities.</summary>
    Charity,

    /// <summary>Data given to departments, party branches, volunteers and neighbours.</summary>
    Helpers,

    /// <summary>Data shared with partners by an agreement.</summary>
    Sharing,

    /// <summary>A package of their own file for the place to which they move, until it is handed over (E03).</summary>
    Transfer
}
