namespace Relief.Flow.Activities.Archive;

/// <summary>Whether a file is complete.</summary>
public enum ArchiveStatus
{
    Open,
    Complete,
    Exception,
    Archived
}
