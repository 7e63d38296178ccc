namespace Relief.Flow.Activities.Changes;

/// <summary>What has changed for a person (P12 step 1).</summary>
public enum ChangeKind
{
    /// <summary>Another relief category, or none.</summary>
    CategoryChange,

    /// <summary>Another village, township or county.</summary>
    Address,

    /// <summary>Self-care.</summary>
    SelfCare,

    /// <summary>In hospital, in an institution, or travelling (E21).</summary>
    Hospital,

    /// <summary>No longer in need.</summary>
    Recovered,

    /// <summary>Income or property.</summary>
    Income,

    /// <summary>A death that was heard of: it goes its own way (E02).</summary>
    Death,

    /// <summary>The person wants no more service (E01).</summary>
    Refusal,

    /// <summary>The 18th birthday lies ahead (E10, SC-43).</summary>
    Eighteen,

    /// <summary>Another supplier.</summary>
    SupplierChange,

    /// <summary>Another price or item.</summary>
    PriceChange,

    /// <summary>A certificate runs out.</summary>
    Certificate,

    /// <summary>The yearly or half-yearly look (LD-011).</summary>
    Recheck
}
