namespace Relief.Flow.Activities.People;

/// <summary>A guardian as they are entered.</summary>
/// <param name="GuardianId">Who answers from now on; null where a court finds an adult capable again, and nobody does.</param>
/// <param name="Ground">On what.</param>
/// <param name="Paper">The number of the paper that says so.</param>
/// <param name="Capacity">What the court found of an adult's capacity; null where it said nothing of it.</param>
public sealed record GuardianEntry(string? GuardianId, GuardianGround Ground, string Paper, LegalCapacity? Capacity);
