namespace Relief.Flow.Activities.HelpDays;

/// <summary>What a help day came to, reckoned from its rows and links whenever it is asked (INV-29).</summary>
/// <param name="Leaflets">Leaflets given out.</param>
/// <param name="Consultations">Questions answered.</param>
/// <param name="Applications">Applications that opened a case.</param>
/// <param name="Attached">Applications of people who had an open case already, at another desk or before (E07).</param>
/// <param name="Escalations">Conferences that were asked for.</param>
/// <param name="Mandates">Help on behalf that was asked for.</param>
/// <param name="Open">How many of these are not yet closed.</param>
/// <param name="Links">Each of them, with where it stands.</param>
public sealed record HelpDayReport(int Leaflets, int Consultations, int Applications, int Attached, int Escalations, int Mandates, int Open, IReadOnlyList<HelpLink> Links);

/// <summary>Something that a help day led to.</summary>
/// <param name="Address">Where it is read.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="IsClosed">True when it needs no following up any more.</param>
public sealed record HelpLink(HelpKind Kind, string DeskId, string ObjectId, string Address, string Status, bool IsClosed, DateTimeOffset WrittenAt);
