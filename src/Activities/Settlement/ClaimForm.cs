namespace Relief.Flow.Activities.Settlement;

/// <summary>A supplier's claim for a batch.</summary>
/// <param name="Lines">What it claims; empty confirms the batch as it stands.</param>
/// <param name="By">Who claims.</param>
/// <param name="At">When.</param>
public sealed record ClaimForm(IReadOnlyList<ClaimForm.Line> Lines, string By, DateTimeOffset At)
{
    /// <summary>One claimed item; without an order the supplier's only order with that item in the township is meant.</summary>
    public sealed record Line(string? OrderId, string ItemCode, decimal Quantity);
}
