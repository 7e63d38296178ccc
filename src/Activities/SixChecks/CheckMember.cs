namespace Relief.Flow.Activities.SixChecks;

/// <summary>Somebody whom an item is about, with what the records show already.</summary>
public sealed record CheckMember(string PersonId, string AreaCode, string? Signal);
