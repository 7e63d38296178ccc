namespace Relief.Flow.Activities.Suppliers;

/// <summary>Whether a supplier may be chosen and dispatched.</summary>
public enum SupplierStatus
{
    Active,
    Suspended,
    Exited
}
