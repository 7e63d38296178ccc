namespace Relief.Flow.Activities.Consents;

/// <summary>A consent that stands.</summary>
/// <param name="Scope">What it was given for.</param>
/// <param name="Receiver">Who gets the data; null for the public.</param>
/// <param name="Since">When it was given.</param>
/// <param name="OrderId">The order that rests on it, if one does.</param>
public sealed record StandingConsent(ConsentScope Scope, string? Receiver, DateTimeOffset Since, string? OrderId);
