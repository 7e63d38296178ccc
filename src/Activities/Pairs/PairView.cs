namespace Relief.Flow.Activities.Pairs;

/// <summary>A pair with all that is known of it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Needs">The person's need list.</param>
/// <param name="Contacts">The contacts, oldest first.</param>
/// <param name="LongestGap">The longest time without a contact so far, in days: from the pairing, between contacts, and until its end.</param>
public sealed record PairView(Pair Pair, IReadOnlyList<PairNeed> Needs, IReadOnlyList<PairContact> Contacts, int LongestGap);
