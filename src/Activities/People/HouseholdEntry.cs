namespace Relief.Flow.Activities.People;

/// <summary>A household as it is entered.</summary>
/// <param name="MemberIds">Who lives in it: persons of one county, one at least.</param>
/// <param name="HeadPersonId">Its head, one of them, if it has one.</param>
/// <param name="HouseType">The dwelling.</param>
public sealed record HouseholdEntry(IReadOnlyList<string> MemberIds, string? HeadPersonId, string? HouseType);
