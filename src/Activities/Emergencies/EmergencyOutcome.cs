namespace Relief.Flow.Activities.Emergencies;

/// <summary>How an emergency ended; none ends without one of these.</summary>
public enum EmergencyOutcome
{
    /// <summary>The township saw no emergency.</summary>
    NotNeeded,

    /// <summary>It was proposed and not approved.</summary>
    Refused,

    /// <summary>Cash was proposed: temporary relief goes on by its own procedure (P28).</summary>
    HandedOver,

    /// <summary>There was no money, and it was handed to charity (M7).</summary>
    Charity,

    /// <summary>It was approved, and nobody could serve it.</summary>
    NotServed,

    /// <summary>Survey and decision came afterwards and confirm it.</summary>
    Regularised,

    /// <summary>They do not: the service stopped. What was given stays given, unless it was got by fraud (E17).</summary>
    NotEligible,

    /// <summary>The person died: what was served until that day is paid, the rest goes back (E02).</summary>
    PersonDied
}
