namespace Relief.Flow.Activities.Archive;

/// <summary>A file to be opened.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ServiceNumber">The person's number.</param>
/// <param name="SupplierId">Who keeps it: a supplier's id, or a township's area code.</param>
/// <param name="RequiredPapers">The papers it must hold for this class of person.</param>
public sealed record FileEntry(string CaseId, string ServiceNumber, string SupplierId, IReadOnlyList<string> RequiredPapers);
