namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>One way to stand still, as a query on what is stored; the same text on both databases.</summary>
/// <param name="Code">K1 and on; its words stand in the texts <c>stuck</c>.</param>
/// <param name="Grace">How long it may be so before it counts.</param>
/// <param name="Find">
/// Selects <c>ref</c> (text: what is stuck), <c>instance_id</c>, <c>activity_id</c>, <c>since</c> and <c>detail</c> (text without private data).
/// <c>@schema.table</c> is a table of another schema (<c>schema_table</c> on SQLite), <c>@before</c> is business time less the grace period, <c>@machine</c> the leases' clock less it.
/// </param>
public sealed record StuckRule(string Code, StuckSeverity Severity, TimeSpan Grace, string Find)
{
    /// <summary>The large table that <c>@slice</c> stands for: it is walked by its key in slices, not at once. Null when indexes lead to the few rows.</summary>
    public StuckSlices? Slices { get; init; }

    /// <summary>What every <c>ref</c> begins with, before a colon, when these have words of their own, such as <c>K23.payment.what</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// Asks the outside system that what is found waits for, by its <c>ref</c>, under a key; nothing changes there or here. Answers a word and a fact, such as <c>Paid 4711</c>,
    /// whose words stand in the texts as <c>answer.Paid</c>; null when there is nothing to ask about any more. Itself null when nobody can be asked.
    /// </summary>
    public Func<string, Guid, CancellationToken, Task<string?>>? Ask { get; init; }

    /// <summary>False when no index leads from an instance to what is stuck of it: then what the last look found is told of the one instance.</summary>
    public bool LeadsFromInstance { get; init; } = true;
}

/// <summary>A table that is too large to look at as a whole; <c>ref</c> is then the key of its row.</summary>
public sealed record StuckSlices(string Table, string Key);
