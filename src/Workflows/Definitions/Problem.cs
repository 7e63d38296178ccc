using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Something wrong with a definition or an input, told so that its author can mend it.</summary>
/// <param name="Code">A stable code, such as <c>definition.unreachable</c>.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
/// <param name="Field">The JSON path or input name that it concerns; null for the whole.</param>
/// <param name="ActivityId">The activity that it concerns; null for the whole definition.</param>
/// <param name="IsWarning">True when it does not stop a publish.</param>
public sealed record Problem(string Code, string Message, string? Field = null, string? ActivityId = null, bool IsWarning = false)
{
    /// <summary>Which text tells it in other languages, with what to fill in; null when only <see cref="Message"/> does.</summary>
    [JsonIgnore]
    public ProblemText? Text { get; init; }

    /// <summary>A problem whose text in every language has the key <paramref name="key"/>.</summary>
    internal Problem Told(string key, params ImmutableArray<string> arguments) => this with { Text = new ProblemText(key, arguments) };

    /// <summary>A problem whose text has the key of its code.</summary>
    internal Problem Told(ImmutableArray<string> arguments) => Told(Code, arguments);
}

/// <summary>A text by its key, with what stands for {0}, {1} … in it.</summary>
public sealed record ProblemText(string Key, ImmutableArray<string> Arguments);
