using System.Globalization;

namespace Relief.Flow.Activities.Parameters;

/// <summary>What a policy parameter's value must look like: of the same kind as its preset, so that whoever reads it never meets a text where a number should be.</summary>
public static class ParameterShape
{
    private const int MostCount = 10_000;

    /// <summary>What is wrong with a value; null when it may be set.</summary>
    public static string? Fault(PolicyParameter preset, string value) => preset switch
    {
        { Unit: var choice } when choice.Contains('|', StringComparison.Ordinal) => choice.Split('|').Contains(value) ? null : $"One of {choice.Replace("|", ", ", StringComparison.Ordinal)}.",
        { Unit: "ratio" } => IsNumber(value, 1) ? null : "A number from 0 to 1.",
        { Unit: "day of month" or "day of next month" } => IsWhole(value, 1, 28) ? null : "A day that every month has: 1 to 28.",
        { Unit: "day of year" or "day of next year" } => IsDay(value) ? null : "A day that every year has, as MM-dd.",
        { Unit: "percent" } => IsWhole(value, 1, 100) ? null : "A whole number from 1 to 100.",
        { Unit: var unit } when unit.StartsWith("yuan", StringComparison.Ordinal) => IsNumber(value, 1_000_000_000) ? null : "An amount in yuan.",
        { Value: "true" or "false" } => value is "true" or "false" ? null : "true or false.",
        _ when IsWhole(preset.Value, 0, int.MaxValue) => IsWhole(value, 0, MostCount) ? null : $"A whole number from 0 to {MostCount}.",
        _ => value.Length <= 100 ? null : "At most 100 characters."
    };

    private static bool IsDay(string text) => DateOnly.TryParseExact("2001-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsWhole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static bool IsNumber(string text, decimal most) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= most;
}
