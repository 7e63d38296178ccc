using System.Globalization;
using System.Text.Json;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The seconds of the ladder (P22), counted from the press, but for the last two. An alert keeps those that held when it was raised.</summary>
public sealed record LadderSeconds
{
    private const string Prefix = "doorbell.";

    /// <summary>Until then the paired neighbours ring alone.</summary>
    public int Tier1 { get; init; } = 90;

    /// <summary>Until then the next neighbours and the village ring too.</summary>
    public int Tier2 { get; init; } = 180;

    /// <summary>Then the duty desk must decide.</summary>
    public int Tier3 { get; init; } = 300;

    /// <summary>Then its superior is called.</summary>
    public int Superior { get; init; } = 360;

    /// <summary>Then the alert is unanswered.</summary>
    public int Unanswered { get; init; } = 480;

    /// <summary>From the acceptance: how long the way may take.</summary>
    public int Arrival { get; init; } = 600;

    /// <summary>Between two rounds once every tier has been rung.</summary>
    public int RingAgain { get; init; } = 60;

    /// <summary>How long a responder's link works, in minutes.</summary>
    public int Link { get; init; } = 120;

    /// <summary>No seconds: with so many alerts in ten minutes before it, an alert comes in a storm.</summary>
    public int Storm { get; init; } = 10;

    /// <summary>When a tier's ringing alone is over, counted from the press.</summary>
    public int EndOf(int tier) => tier switch { 1 => Tier1, 2 => Tier2, _ => Tier3 };

    /// <summary>How long a tier rings when it begins late, as after a responder who did not arrive.</summary>
    public int SpanOf(int tier) => tier switch { 1 => Tier1, 2 => Tier2 - Tier1, 3 => Tier3 - Tier2, _ => RingAgain };

    /// <summary>As it is kept with an alert.</summary>
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>As it was kept.</summary>
    public static LadderSeconds Read(string json) => JsonSerializer.Deserialize<LadderSeconds>(json, JsonSerializerOptions.Web)!;

    /// <summary>What holds for a device on a day: its own profile over the nearest area's parameters.</summary>
    internal static async Task<LadderSeconds> Of(ReliefDbContext context, DoorbellDevice device, DateOnly on, CancellationToken cancellationToken)
    {
        var rows = await new ParameterQueries(context).Beginning(Prefix, device.AreaCode, on, cancellationToken);
        var own = JsonSerializer.Deserialize<Dictionary<string, int>>(device.Profile) ?? [];
        int Value(string name, int preset) => own.TryGetValue(name, out var set)
            ? set
            : rows.Find(row => row.Key == Prefix + name) is { } found
                ? int.Parse(found.Value, CultureInfo.InvariantCulture)
                : preset;
        return new LadderSeconds
        {
            Tier1 = Value("tier1", 90),
            Tier2 = Value("tier2", 180),
            Tier3 = Value("tier3", 300),
            Superior = Value("superior", 360),
            Unanswered = Value("unanswered", 480),
            Arrival = Value("arrival", 600),
            RingAgain = Value("ringAgain", 60),
            Link = Value("link", 120),
            Storm = Value("storm", 10)
        };
    }
}
