namespace Relief.Flow.Activities.Emergencies;

/// <summary>Where an emergency was seen.</summary>
public enum EmergencyOrigin
{
    /// <summary>The triage of an application (P01 step 3).</summary>
    Application,

    /// <summary>Whoever followed an alert of the doorbell up (P22).</summary>
    Doorbell,

    /// <summary>A plea with a life at risk (P15).</summary>
    Hotline,

    /// <summary>Somebody of the staff, an app, another system.</summary>
    Request
}
