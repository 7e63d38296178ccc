namespace Relief.Flow.Activities.Figures;

/// <summary>In what a figure is counted.</summary>
public enum FigureUnit
{
    /// <summary>人次.</summary>
    PersonTimes,

    /// <summary>人.</summary>
    Persons,

    /// <summary>件.</summary>
    Pieces,

    /// <summary>天.</summary>
    Days,

    /// <summary>元.</summary>
    Yuan,

    /// <summary>Of one: what part of a whole.</summary>
    Share
}
