namespace Relief.Flow.Activities.Rounds;

/// <summary>A change that was seen at a visit.</summary>
/// <param name="Kind">What sort, as the procedure of changes knows it (<see cref="Kinds"/>).</param>
/// <param name="Seen">What was seen.</param>
public sealed record SeenChange(string Kind, string Seen)
{
    /// <summary>The sorts of change that a visit may find (P12).</summary>
    public static readonly IReadOnlyList<string> Kinds = ["CategoryChange", "Address", "SelfCare", "Hospital", "Recovered", "Income", "Death", "Refusal", "Eighteen", "Recheck"];

    /// <summary>As it is kept.</summary>
    public override string ToString() => $"{Kind}: {Seen}";

    /// <summary>From what was kept.</summary>
    public static SeenChange Of(string kept) => kept.Split(": ", 2) is [var kind, var seen] ? new(kind, seen) : new("Recheck", kept);
}
