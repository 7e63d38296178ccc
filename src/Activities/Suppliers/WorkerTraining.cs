namespace Relief.Flow.Activities.Suppliers;

/// <summary>A certificate of a worker (INV-16).</summary>
public sealed record WorkerTraining
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The course.</summary>
    public required string Course { get; init; }

    /// <summary>The certificate's number.</summary>
    public required string Certificate { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly ValidTo { get; init; }
}
