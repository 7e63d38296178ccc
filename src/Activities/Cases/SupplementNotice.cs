namespace Relief.Flow.Activities.Cases;

/// <summary>The one notice that lists all missing papers.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Papers">Every missing paper.</param>
/// <param name="Unreadable">True for a later round that asks only for papers which came but cannot be read.</param>
public sealed record SupplementNotice(string ApplicationId, IReadOnlyList<string> Papers, bool Unreadable = false);
