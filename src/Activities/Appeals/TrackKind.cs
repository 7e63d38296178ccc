namespace Relief.Flow.Activities.Appeals;

/// <summary>Who looks at it outside.</summary>
public enum TrackKind
{
    /// <summary>Administrative reconsideration (行政复议).</summary>
    Reconsideration,

    /// <summary>A lawsuit (行政诉讼).</summary>
    Lawsuit
}
