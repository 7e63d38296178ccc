namespace Relief.Flow.Activities.Surveys;

/// <summary>One surveyor's signature.</summary>
/// <param name="StaffId">Who.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Device">On which device.</param>
public sealed record SignatureEntry(string StaffId, DateTimeOffset SignedAt, string Device);
