namespace Relief.Flow.Activities.SixChecks;

/// <summary>What somebody found at one person.</summary>
/// <param name="PersonId">One of those whom the item looks at.</param>
/// <param name="What">What was found.</param>
/// <param name="DueOn">By when it is put right; the end of what policy allows when left out.</param>
/// <param name="StaffId">Of which member of the staff the person is a relative (item 5).</param>
/// <param name="Relation">In what relation (item 5).</param>
public sealed record CheckFinding(string? PersonId, string? What, DateOnly? DueOn, string? StaffId, string? Relation);
