namespace Relief.Flow.Activities.Matching;

/// <summary>A line of a file as it was read: a row, or why it is none.</summary>
public sealed record ReadLine(PartnerRow? Row, RowFault? Fault);
