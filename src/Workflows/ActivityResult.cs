using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What an activity answers: it has ended, it waits, or it cannot go on.</summary>
public abstract record ActivityResult
{
    /// <summary>What leaves the house with this result, in the same commit.</summary>
    public ImmutableArray<Message> Send { get; init; } = [];

    /// <summary>What the engine's own activities change on their instance, in order.</summary>
    internal ImmutableArray<Deed> Deeds { get; init; } = [];
}

/// <summary>The activity has ended by an outcome.</summary>
public sealed record Completed(string Outcome) : ActivityResult
{
    /// <summary>Further outcomes by which it ends at the same time.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}

/// <summary>The activity waits at these bookmarks, besides those it already had.</summary>
public sealed record Waiting(ImmutableArray<Bookmark> Bookmarks) : ActivityResult
{
    /// <summary>What it is to be told at its next wake-up (<see cref="ActivityContext.Memo"/>); null to leave that as it was.</summary>
    public JsonElement? Memo { get; init; }
}

/// <summary>The activity cannot go on: becomes an incident on its instance.</summary>
/// <param name="Code">A stable code, such as <c>expression.timeout</c>.</param>
/// <param name="Message">For an operator to read; holds no personal data.</param>
public sealed record Faulted(string Code, string Message) : ActivityResult
{
    /// <summary>The exception's type and stack, when there was one.</summary>
    public string? Detail { get; init; }

    /// <summary>False when trying again cannot help (a wrong definition, a refused value).</summary>
    public bool MayRetry { get; init; } = true;
}

/// <summary>A change to the instance itself, decided by one of the engine's own activities.</summary>
internal abstract record Deed;

internal sealed record AssignVariable(string VariableId, JsonElement Value) : Deed;

internal sealed record AssignOutput(string Name, JsonElement Value) : Deed;

internal sealed record Rename(string Name) : Deed;

internal sealed record SetCorrelation(string? CorrelationId) : Deed;

/// <summary>The request that is answered from now on.</summary>
internal sealed record TakeRequest(Guid RequestId) : Deed;

/// <summary>Answers a request; null for the one that was taken last, if there is one.</summary>
internal sealed record AnswerRequest(HttpAnswer Answer, Guid? RequestId = null) : Deed;

/// <summary>Runs the activity that is drawn in a member of this one, inside it; nothing when nothing is drawn there.</summary>
internal sealed record RunInside(string Member, ImmutableDictionary<string, JsonElement>? Scope = null) : Deed;

/// <summary>Ends the instance, whatever else it still does.</summary>
internal sealed record EndInstance : Deed;
