using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>What the verification centre found.</summary>
/// <param name="Result">Pass, Hit, Fail or Unavailable.</param>
/// <param name="Hits">What does not agree with what was declared, when it is a hit.</param>
public sealed record CheckAnswer(string Result, IReadOnlyList<CheckHit> Hits)
{
    private const int MostHits = 100;
    private const int LongestWord = 100;

    /// <summary>The event by which the answer to a request comes.</summary>
    public static string Of(string requestId) => "econ:" + requestId;

    /// <summary>An answer as it may be kept; null when it says nothing.</summary>
    public static CheckAnswer? Read(JsonElement answer)
    {
        var sent = FormData.Read<Sent>(answer);
        return sent?.Result is "Pass" or "Hit" or "Fail" or "Unavailable"
            ? new CheckAnswer(sent.Result, [.. (sent.Hits ?? []).Take(MostHits).Select(hit => new CheckHit(Short(hit.Kind), Short(hit.Source), Short(hit.Detail)))])
            : null;
    }

    private static string? Short(string? word) => word is { Length: > LongestWord } ? word[..LongestWord] : word;

    private sealed record Sent(string? Result, CheckHit[]? Hits);
}

/// <summary>One thing that does not agree.</summary>
/// <param name="Kind">What it is: deposit, property, vehicle, company, income …</param>
/// <param name="Source">Who says so.</param>
/// <param name="Detail">What it says, without numbers of accounts or persons.</param>
public sealed record CheckHit(string? Kind, string? Source, string? Detail);
