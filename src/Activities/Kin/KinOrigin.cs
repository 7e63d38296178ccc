namespace Relief.Flow.Activities.Kin;

/// <summary>By what a kinship came to light (P27).</summary>
public enum KinOrigin
{
    /// <summary>A yearly or later declaration met an open case.</summary>
    Declaration,

    /// <summary>The survey met a declaration.</summary>
    Survey,

    /// <summary>Somebody said so at the start of a task.</summary>
    Task,

    /// <summary>Item 5 of the 666 check.</summary>
    Check666,

    /// <summary>A complaint or ticket.</summary>
    Complaint,

    /// <summary>Whatever else.</summary>
    Report
}
