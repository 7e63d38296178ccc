namespace Relief.Flow.Tests.Storage;

/// <summary>When a planted crash strikes.</summary>
public enum CrashMoment
{
    /// <summary>Nothing was written.</summary>
    Before,

    /// <summary>All was written, but the caller hears of a failure.</summary>
    After
}
