namespace Relief.Flow.Activities.People;

/// <summary>What rules ask about a person on a day.</summary>
public sealed record PersonFacts
{
    /// <summary>From this age on nobody is a minor.</summary>
    public const int FullAge = 18;

    /// <summary>The person.</summary>
    public required Person Person { get; init; }

    /// <summary>Completed years.</summary>
    public required int Age { get; init; }

    /// <summary>The relief categories that hold on the day.</summary>
    public required IReadOnlyList<ReliefCategory> Categories { get; init; }

    /// <summary>The conditions that hold on the day.</summary>
    public required IReadOnlyList<PersonCondition> Conditions { get; init; }

    /// <summary>What the person is to the rules: elderly (60 and over), minor, disabled, seriouslyIll.</summary>
    public required IReadOnlyList<string> PersonClasses { get; init; }

    /// <summary>True when a condition may not be guessed from anything shown.</summary>
    public bool Confidential => Conditions.Any(condition => condition.Confidential);

    /// <summary>True below 18: nothing about the person is ever published (X06).</summary>
    public bool Minor => Age < FullAge;
}
