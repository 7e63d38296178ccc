namespace Relief.Flow.Activities.Doorbell;

/// <summary>How an alert ended, as a named human saw it (P22).</summary>
public enum AlertOutcome
{
    /// <summary>Safe, or pressed by mistake. Never punished.</summary>
    FalseAlarm,

    /// <summary>Helped without medicine.</summary>
    Helped,

    /// <summary>Ill or hurt: 120.</summary>
    Medical,

    /// <summary>Fire or violence: 119 or 110.</summary>
    FireOrViolence,

    /// <summary>Found dead: a report of death, and the police.</summary>
    Deceased
}
