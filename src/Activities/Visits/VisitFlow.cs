namespace Relief.Flow.Activities.Visits;

/// <summary>How far planned visits and their records have come.</summary>
public static class VisitFlow
{
    /// <summary>The states of a visit that has not begun.</summary>
    public static VisitStatus[] Planned { get; } = [VisitStatus.Scheduled, VisitStatus.Dispatched];

    /// <summary>The states of a visit whose record may still come by itself.</summary>
    public static VisitStatus[] Going { get; } = [.. Planned, VisitStatus.Started];

    /// <summary>The states of a record that is undecided or unpaid.</summary>
    public static RecordStatus[] Unpaid { get; } = [RecordStatus.Submitted, RecordStatus.Queried, RecordStatus.Accepted];
}
