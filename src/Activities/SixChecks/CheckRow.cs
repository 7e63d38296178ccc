namespace Relief.Flow.Activities.SixChecks;

/// <summary>One row of a run's report, reckoned from its sheet and actions (P19).</summary>
/// <param name="Signals">Persons of the sample about whom the records show something already.</param>
/// <param name="Checked">How many were checked; none while the item is open.</param>
/// <param name="Done">Actions that have an outcome.</param>
/// <param name="Anomaly">Nothing was found although other sources show problems.</param>
public sealed record CheckRow(int Item, int Population, int Sampled, int Signals, int? Checked, int Problems, int Actions, int Done, bool Anomaly);
