namespace Relief.Flow.Activities.RedVest;

/// <summary>A member as a team is named.</summary>
public sealed record NamedMember(string? StaffId, TeamRole Role);
