namespace Relief.Flow.Activities.Archive;

/// <summary>A paper that is filed, or the signed reason why it is missing.</summary>
/// <param name="Kind">The paper.</param>
/// <param name="DocumentHash">Its hash, or the number under which it lies in the file.</param>
/// <param name="ExceptionReason">lost, notApplicable or pending; absent when the paper is there.</param>
public sealed record FiledPaper(string Kind, string? DocumentHash, string? ExceptionReason = null)
{
    internal bool IsThere => !string.IsNullOrWhiteSpace(DocumentHash);
}
