namespace Relief.Flow.Activities.Appeals;

/// <summary>A matter with who appeals and the bodies outside that look at it.</summary>
public sealed record AppealView(Appeal Appeal, IReadOnlyList<AppealParty> Parties, IReadOnlyList<ExternalTrack> Tracks);
