using System.Text.Json;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Surveys;

/// <summary>How often nobody was found, on how many days.</summary>
/// <param name="Attempts">Visits.</param>
/// <param name="Days">Different days.</param>
public sealed record AttemptCount(int Attempts, int Days)
{
    /// <summary>True from 3 attempts on 2 days; three on one day do not count (SC-08).</summary>
    public bool Unreachable => Attempts >= 3 && Days >= 2;

    /// <summary>So many attempts at these times.</summary>
    public static AttemptCount Of(IReadOnlyList<DateTimeOffset> times) => new(times.Count, times.Select(ChinaTime.DayOf).Distinct().Count());

    /// <summary>The times in the member <c>attempts</c> of an answer, each once; none when it is no list of times.</summary>
    public static IReadOnlyList<DateTimeOffset>? Times(Answer answer)
    {
        var times = answer.List("attempts")?.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String && one.TryGetDateTimeOffset(out var at) ? at : (DateTimeOffset?)null).Distinct().ToList();
        return times is null || times.Contains(null) ? null : [.. times.Select(at => at!.Value)];
    }
}
