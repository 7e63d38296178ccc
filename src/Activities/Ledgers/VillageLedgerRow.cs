using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Ledgers;

/// <summary>One row of a village's working ledger (CZ-044).</summary>
public sealed record VillageLedgerRow(
    string CaseId, string Number, string Name, ReliefCategory Category, CaseStatus Status, DateTimeOffset OpenedAt, int ActiveOrders, int AcceptedRecords, string? Remark);
