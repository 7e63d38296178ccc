namespace Relief.Flow.Activities.Emergencies;

/// <summary>By which way a reviewer said yes or no.</summary>
public enum ApprovalChannel
{
    App,

    /// <summary>By a call whose time and recording are kept.</summary>
    Phone
}
