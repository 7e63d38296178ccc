namespace Relief.Flow.Activities.Charities;

/// <summary>A project as it is registered.</summary>
public sealed record ProjectForm
{
    /// <summary>The county.</summary>
    public string CountyCode { get; init; } = "";

    /// <summary>The charity.</summary>
    public string CharityId { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is given.</summary>
    public CharityKind Kind { get; init; }

    /// <summary>The items of the catalogue that it answers.</summary>
    public string[] ItemCodes { get; init; } = [];

    /// <summary>Whom it is for: elderly, disabled, seriouslyIll, minor; empty for all.</summary>
    public string[] PersonClasses { get; init; } = [];

    /// <summary>The relief categories it is for; empty for all.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>How many persons it can serve.</summary>
    public int Capacity { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>How people reach the charity by themselves.</summary>
    public string Contact { get; init; } = "";
}
