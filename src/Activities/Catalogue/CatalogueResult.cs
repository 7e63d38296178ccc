namespace Relief.Flow.Activities.Catalogue;

/// <summary>What became of a proposal for the catalogue.</summary>
public abstract record CatalogueResult
{
    /// <summary>It is done.</summary>
    /// <param name="Id">The item's code or the price version.</param>
    public sealed record Done(string Id) : CatalogueResult;

    /// <summary>It may not be: SamePerson, Overlaps, NotProposed, Unknown.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : CatalogueResult;
}
