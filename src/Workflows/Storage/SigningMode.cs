namespace Relief.Flow.Workflows.Storage;

/// <summary>How many of those who are asked must sign before a task is decided; the names are stored.</summary>
public enum SigningMode
{
    /// <summary>会签: all.</summary>
    All,

    /// <summary>或签: one.</summary>
    Any,

    /// <summary>依次: all, each after the one before.</summary>
    InTurn
}

/// <summary>Somebody who is asked to sign.</summary>
/// <param name="Agrees">Null until they sign.</param>
public sealed record TaskSigner(string Staff, SigningMode Mode, string AddedBy, bool? Agrees, string? Note, DateTimeOffset? SignedAt)
{
    /// <summary>Those who must still sign, in their order; none when enough have.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<TaskSigner> signers) => signers switch
    {
        [] => [],
        [{ Mode: SigningMode.Any }, ..] when signers.Any(signer => signer.Agrees is not null) => [],
        _ => [.. signers.Where(signer => signer.Agrees is null).Select(signer => signer.Staff)]
    };

    /// <summary>Whether somebody may sign now.</summary>
    public static bool MaySign(IReadOnlyList<TaskSigner> signers, string staff) =>
        Missing(signers) is { Count: > 0 } missing && missing.Contains(staff) && (signers[0].Mode != SigningMode.InTurn || missing[0] == staff);
}
