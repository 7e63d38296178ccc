namespace Relief.Flow.Activities.People;

/// <summary>A time in which a person was recognised without a gap, and lived in one village.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Village">Where they lived.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; absent while it goes on.</param>
/// <param name="Begins">Included or MovedIn.</param>
/// <param name="Ends">Ended or MovedOut; absent while it goes on.</param>
public sealed record RecipientSpan(string PersonId, string Village, DateOnly From, DateOnly? To, string Begins, string? Ends)
{
    public const string Included = nameof(Included);
    public const string MovedIn = nameof(MovedIn);
    public const string Ended = nameof(Ended);
    public const string MovedOut = nameof(MovedOut);
}
