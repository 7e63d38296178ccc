namespace Relief.Flow.Activities.Orders;

/// <summary>Whether an agreement binds.</summary>
public enum AgreementStatus
{
    Drafted,
    Signed,
    Ended
}
