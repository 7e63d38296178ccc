using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What the command line asks for.</summary>
public sealed record Settings
{
    public const string Usage = "[flow|timers|idle|designer|stuck|repairs|match|visits|sheet|doorbell|settle|all] [--store postgres|sqlite] [--seconds 5] [--clients 1,8,32] [--timers 100000,1000000] [--instances 1000000] [--presses 100] [--keys] [--where] [--program Relief.Flow.Host.dll]";

    public string Part { get; init; } = "all";

    /// <summary>For the flow figures; timers and idle are measured on PostgreSQL.</summary>
    public bool OnSqlite { get; init; }

    /// <summary>How long each load lasts.</summary>
    public int Seconds { get; init; } = 5;

    public int[] Clients { get; init; } = [1, 8, 32];

    /// <summary>Pending timers, ascending.</summary>
    public int[] Timers { get; init; } = [100_000, 1_000_000];

    /// <summary>How many instances there are where stuck ones are looked for; how many rows and persons are matched; how many service records figures are of.</summary>
    public int Instances { get; init; } = 1_000_000;

    /// <summary>Presses of doorbells a second; fewer show what one costs on a machine that does other things as well.</summary>
    public int Presses { get; init; } = 100;

    /// <summary>Sends an Idempotency-Key with each request.</summary>
    public bool Keys { get; init; }

    /// <summary>Lists the database's statements by the time they took.</summary>
    public bool Where { get; init; }

    /// <summary>A published program to measure; null for the one that was built.</summary>
    public string? Program { get; init; }

    public bool Has(string part) => Part == "all" || Part == part;

    /// <exception cref="ArgumentException">The command line is not understood.</exception>
    public static Settings Of(string[] args)
    {
        var settings = new Settings();
        for (var at = 0; at < args.Length; at++)
        {
            settings = args[at] switch
            {
                "flow" or "timers" or "idle" or "designer" or "stuck" or "repairs" or "match" or "visits" or "sheet" or "doorbell" or "settle" or "all" => settings with { Part = args[at] },
                "--store" => settings with { OnSqlite = Next(args, ref at) == "sqlite" },
                "--seconds" => settings with { Seconds = Numbers(Next(args, ref at))[0] },
                "--clients" => settings with { Clients = Numbers(Next(args, ref at)) },
                "--timers" => settings with { Timers = Numbers(Next(args, ref at)) },
                "--instances" => settings with { Instances = Numbers(Next(args, ref at))[0] },
                "--presses" => settings with { Presses = Numbers(Next(args, ref at))[0] },
                "--keys" => settings with { Keys = true },
                "--program" => settings with { Program = Path.GetFullPath(Next(args, ref at)) },
                "--where" => settings with { Where = true },
                _ => throw new ArgumentException($"'{args[at]}' is not known. {Usage}")
            };
        }

        return settings;
    }

    private static string Next(string[] args, ref int at) => ++at < args.Length ? args[at] : throw new ArgumentException(Usage);

    private static int[] Numbers(string text) => [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
