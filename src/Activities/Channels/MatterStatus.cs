namespace Relief.Flow.Activities.Channels;

/// <summary>What a channel's user may see of a matter: numbers, the state in plain words, what is missing, the next day. Nothing about a person.</summary>
/// <param name="Number">The channel's own number.</param>
/// <param name="Receipt">The number of the application, request or ticket here.</param>
/// <param name="CaseNumber">The case's number, once there is one.</param>
/// <param name="State">The state as programs read it.</param>
/// <param name="Words">The state in plain words.</param>
/// <param name="Missing">The papers that are still to be handed in.</param>
/// <param name="Next">The day by which the next thing happens or is to be done; none when nothing is expected.</param>
public sealed record MatterStatus(string Number, string Receipt, string? CaseNumber, string State, string Words, IReadOnlyList<string> Missing, DateOnly? Next)
{
    /// <summary>True when the matter has come to its end.</summary>
    public bool Ended { get; init; }
}
