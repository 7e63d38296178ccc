using System.Collections.Immutable;

namespace Relief.Flow.Workflows;

/// <summary>The question whether a request that goes out at most once was carried out (K21): two people answer it.</summary>
public static class UnknownOutcome
{
    /// <summary>The kind of the task that asks.</summary>
    public const string Kind = "request.outcomeUnknown";

    /// <summary>It was carried out: the step goes on.</summary>
    public const string Happened = nameof(Happened);

    /// <summary>It was not: it is sent anew.</summary>
    public const string NotHappened = nameof(NotHappened);

    /// <summary>What can be answered.</summary>
    public static readonly ImmutableArray<string> Answers = [Happened, NotHappened];
}
