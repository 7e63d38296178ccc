namespace Relief.Flow.Tests.Runtime;

/// <summary>The process dies here: nothing after this moment happens.</summary>
public sealed class Crash() : Exception("The process died (planted).");
