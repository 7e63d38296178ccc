namespace Relief.Flow.Activities.Charities;

/// <summary>A project that a charity has published: whom it is for, for how many, how long (PW7 step 1).</summary>
public sealed record CharityProject
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The charity.</summary>
    public required string CharityId { get; init; }

    /// <summary>Its name, such as 冬衣送暖.</summary>
    public required string Name { get; init; }

    /// <summary>What is given.</summary>
    public required CharityKind Kind { get; init; }

    /// <summary>The items of the catalogue that it answers.</summary>
    public string[] ItemCodes { get; init; } = [];

    /// <summary>Whom it is for: elderly, disabled, seriouslyIll, minor; empty for all.</summary>
    public string[] PersonClasses { get; init; } = [];

    /// <summary>The relief categories it is for; empty for all.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>How many persons it can serve.</summary>
    public required int Capacity { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>How people reach the charity by themselves: all that somebody gets who does not consent.</summary>
    public required string Contact { get; init; }

    /// <summary>The key it was registered with.</summary>
    public required string IdemKey { get; init; }
}
