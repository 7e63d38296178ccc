namespace Relief.Flow.Activities.Grids;

/// <summary>How somebody has a cell.</summary>
public enum GridPostKind
{
    /// <summary>As its worker (网格员): one of a cell, one cell each.</summary>
    Worker,

    /// <summary>In place of the worker, for a time.</summary>
    StandIn
}
