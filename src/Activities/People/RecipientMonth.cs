namespace Relief.Flow.Activities.People;

/// <summary>Who came and went in a township in a month (INV-28).</summary>
/// <param name="TownshipCode">The township.</param>
/// <param name="Opening">Recipients on the last day of the month before.</param>
/// <param name="Included">Newly included.</param>
/// <param name="MovedIn">Come from another township of the county.</param>
/// <param name="Ended">Not recognised any more, died or left the county.</param>
/// <param name="MovedOut">Gone to another township of the county.</param>
/// <param name="Closing">Recipients on the last day of the month.</param>
public sealed record RecipientMonth(string TownshipCode, int Opening, int Included, int MovedIn, int Ended, int MovedOut, int Closing)
{
    /// <summary>Whether opening and what came and went make the closing; each of them was counted by itself.</summary>
    public bool Holds => Opening + Included + MovedIn - Ended - MovedOut == Closing;
}
