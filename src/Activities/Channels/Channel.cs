namespace Relief.Flow.Activities.Channels;

/// <summary>An outside system through which people reach relief: an app, a mini-program, a hotline, a terminal. A mapping file says how it speaks.</summary>
public sealed record Channel
{
    /// <summary>What it is called in addresses, such as <c>wechat-oa</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The county whose people it serves.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was set up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who set it up.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>The mapping file that it speaks by; several channels may share one.</summary>
    public required string Mapping { get; init; }

    /// <summary>What it signs with, sealed.</summary>
    public required string SecretSealed { get; init; }

    /// <summary>Where it hears how its matters stand; null when it asks.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>False when it is let in no more.</summary>
    public required bool Active { get; init; }
}
