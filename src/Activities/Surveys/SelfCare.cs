namespace Relief.Flow.Activities.Surveys;

/// <summary>The six self-care indicators and what their failures mean (tekun rule arts 21, 22).</summary>
public static class SelfCare
{
    /// <summary>吃饭、穿衣、上下床、如厕、室内行走、洗澡.</summary>
    public static IReadOnlyList<string> Indicators { get; } = ["eating", "dressing", "bed", "toilet", "walking", "bathing"];

    /// <summary>Able when none fails, Partial for 1 to 3, Complete loss from 4.</summary>
    public static string LevelOf(int failed) => failed switch { 0 => "Able", <= 3 => "Partial", _ => "Complete" };
}
