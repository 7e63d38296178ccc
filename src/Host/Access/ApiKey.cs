using System.Text.Json.Serialization;

namespace Relief.Flow.Host.Access;

/// <summary>The right of an application to call; the key itself is known to its owner only.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }

    /// <summary>Unique; recorded as the doer where no person is named.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The areas, each with all below it, and the organisations whose records it may see besides what it made itself.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it stands for a user who signed in with a password: the name is then the person's own.</summary>
    [JsonIgnore]
    public bool IsPerson { get; init; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
