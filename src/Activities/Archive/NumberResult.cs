namespace Relief.Flow.Activities.Archive;

/// <summary>A person's service number.</summary>
/// <param name="Number">AAAAAA-YYYY-NNNNNN.</param>
/// <param name="IsNew">True when it was given just now (port Assigned), false when it was there (Existing).</param>
public sealed record NumberResult(string Number, bool IsNew);
