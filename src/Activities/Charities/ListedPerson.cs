namespace Relief.Flow.Activities.Charities;

/// <summary>A person on a list as its readers see them.</summary>
/// <param name="Place">How the person stands.</param>
/// <param name="Name">The name; none any more when the charity has deleted the list.</param>
public sealed record ListedPerson(Nomination Place, string? Name);
