namespace Relief.Flow.Activities.Appeals;

/// <summary>A county's decisions and appeals of a time: every number is the count or sum of linked records (INV-29).</summary>
public sealed record AppealFigures
{
    /// <summary>How many decisions there were by outcome; a denial that was changed later counts as a denial, and its change as what it is.</summary>
    public required IReadOnlyDictionary<string, int> Decisions { get; init; }

    /// <summary>How many matters came.</summary>
    public required int Appeals { get; init; }

    /// <summary>How many of them late.</summary>
    public required int Late { get; init; }

    /// <summary>How many appealed in them.</summary>
    public required int Appellants { get; init; }

    /// <summary>By what they are against.</summary>
    public required IReadOnlyDictionary<string, int> About { get; init; }

    /// <summary>By the result of the internal review.</summary>
    public required IReadOnlyDictionary<string, int> Results { get; init; }

    /// <summary>By how they ended.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>How many are open.</summary>
    public required int Open { get; init; }

    /// <summary>How many denials became another decision by an appeal.</summary>
    public required int DenialsChanged { get; init; }

    /// <summary>How many went to another body.</summary>
    public required int Outside { get; init; }

    /// <summary>What was owed by their results, in yuan.</summary>
    public required decimal Owed { get; init; }
}
