namespace Relief.Flow.Activities.Calls;

/// <summary>A call that nobody took, as a hotline tells it.</summary>
/// <param name="Number">The switchboard's number of the call.</param>
/// <param name="PlaceCode">The village, as far as it is known; else the county.</param>
/// <param name="PersonId">The person whose telephone it is; none when unknown.</param>
public sealed record LostCallEntry(string CountyCode, string Hotline, string Number, string PlaceCode, string? PersonId);
