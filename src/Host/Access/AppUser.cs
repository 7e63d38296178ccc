namespace Relief.Flow.Host.Access;

/// <summary>Somebody who signs in with a name and a password.</summary>
public sealed record AppUser
{
    public required string Id { get; init; }

    /// <summary>Unique; the staff id of somebody in the staff register. Recorded as the doer.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The password was given by somebody else, and opens nothing until its owner has changed it.</summary>
    public required bool MustChange { get; init; }

    /// <summary>Until then nobody gets in under this name: too many wrong passwords.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>How a name and a password were taken.</summary>
public enum SignInOutcome
{
    /// <summary>Unknown, wrong, disabled or locked: which of them is told to nobody.</summary>
    Refused,

    /// <summary>Right, and the password has to be changed first.</summary>
    MustChange,

    In
}
