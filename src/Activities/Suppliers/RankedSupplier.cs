namespace Relief.Flow.Activities.Suppliers;

/// <summary>A supplier that may be asked, with what it was ranked by.</summary>
/// <param name="SupplierId">The supplier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Preferred">True when the person chose it.</param>
/// <param name="FreeCapacity">How many more orders it can carry.</param>
/// <param name="Rating">The quality score.</param>
public sealed record RankedSupplier(string SupplierId, string Name, bool Preferred, int FreeCapacity, decimal Rating);
