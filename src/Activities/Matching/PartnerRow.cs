namespace Relief.Flow.Activities.Matching;

/// <summary>A row of a partner's file as it is kept: the ID number is a pseudonym by now, and what nobody asked for was left out.</summary>
/// <param name="Hash">Over what the row says: the same row again, of whichever file, is this one.</param>
/// <param name="Line">The line of the file, its heading being 1.</param>
/// <param name="Pseudonym">The keyed hash of the ID number, as <see cref="People.PersonalDataKey.SearchHash"/> makes it.</param>
/// <param name="EventOn">The day that it is about.</param>
/// <param name="AreaCode">The village.</param>
/// <param name="Reference">The partner's own reference.</param>
public sealed record PartnerRow(string Hash, int Line, string Pseudonym, DateOnly? EventOn, string? AreaCode, string? Reference);
