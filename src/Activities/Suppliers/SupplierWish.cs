namespace Relief.Flow.Activities.Suppliers;

/// <summary>What a supplier must be able to do (P07 step 1).</summary>
public sealed record SupplierWish
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The items; it must be listed for all.</summary>
    public required IReadOnlyList<string> ItemCodes { get; init; }

    /// <summary>The person's village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The day service begins.</summary>
    public required DateOnly On { get; init; }

    /// <summary>True when the person is a minor: only suppliers whose staff are checked.</summary>
    public bool Minor { get; init; }

    /// <summary>Suppliers not to ask: who declined, who is kin.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The person's own choice; it wins among the qualified.</summary>
    public string? Preferred { get; init; }
}
