namespace Relief.Flow.Activities.Attachments;

/// <summary>The content of a photo or scan, kept once however often it is attached, sealed like whatever shows a person.</summary>
public sealed record StoredFile
{
    /// <summary>SHA-256 of the content as it was handed in, lower-case hexadecimal: the same as a paper's <c>documentHash</c> behind <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the content itself says that it is (<see cref="FileKind"/>).</summary>
    public required string MediaType { get; init; }

    /// <summary>Bytes, unsealed.</summary>
    public required int Size { get; init; }

    public required byte[] SealedContent { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}
