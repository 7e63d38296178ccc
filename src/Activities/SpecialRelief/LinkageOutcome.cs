namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>How a linkage ended; none ends without one of these.</summary>
public enum LinkageOutcome
{
    /// <summary>The person gets something.</summary>
    Granted,

    /// <summary>It was refused with a reason, or the person died before they got anything.</summary>
    Refused,

    /// <summary>The person wants none of it.</summary>
    Declined,

    /// <summary>The person's data may not go to the department.</summary>
    NoConsent,

    /// <summary>It went before a conference (P16).</summary>
    Conference,

    /// <summary>It was handed to charity (M7).</summary>
    Charity
}
