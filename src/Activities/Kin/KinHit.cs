namespace Relief.Flow.Activities.Kin;

/// <summary>Somebody who works on relief is said to be kin of a case's person.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="StaffId">The member of staff.</param>
/// <param name="Relation">What relation.</param>
/// <param name="Origin">By what it came to light.</param>
/// <param name="OriginId">The statement, task, finding or ticket.</param>
public sealed record KinHit(string CaseId, string StaffId, string Relation, KinOrigin Origin, string? OriginId);
