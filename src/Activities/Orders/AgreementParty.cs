namespace Relief.Flow.Activities.Orders;

/// <summary>The three who sign a service agreement.</summary>
public enum AgreementParty
{
    Township,
    Supplier,
    Person
}
