namespace Relief.Flow.Activities.Requests;

/// <summary>A request as a channel hands it in.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="Channel">The channel.</param>
/// <param name="AreaCode">The village.</param>
/// <param name="Sender">Who asks: a person's identifier or a reference of the channel.</param>
/// <param name="Wording">What is asked.</param>
public sealed record RequestEntry(string CountyCode, string Channel, string AreaCode, string Sender, string Wording);
