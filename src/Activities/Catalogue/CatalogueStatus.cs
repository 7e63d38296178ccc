namespace Relief.Flow.Activities.Catalogue;

/// <summary>Items and prices are proposed below and approved by the county.</summary>
public enum CatalogueStatus
{
    Proposed,
    Approved,
    Rejected,
    Retired
}
