namespace Relief.Flow.Activities.Renewals;

/// <summary>What somebody must hold to serve, and what runs out (P09, INV-16).</summary>
public enum QualificationKind
{
    /// <summary>A worker's training for an item.</summary>
    Training,

    /// <summary>A worker's check for work with minors: it holds for a year.</summary>
    BackgroundCheck,

    /// <summary>A supplier's licence.</summary>
    Licence,

    /// <summary>The neighbours' course of a helper who is paired.</summary>
    NeighbourCourse,

    /// <summary>The training of a Red Vest volunteer who is in a team.</summary>
    VolunteerTraining
}
