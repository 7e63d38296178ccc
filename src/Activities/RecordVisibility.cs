namespace Relief.Flow.Activities;

/// <summary>Whose records somebody may see: those of their areas, of their organisations, and their own (CZ-030: county, township, village and the organisations beside them).</summary>
public sealed record RecordVisibility
{
    /// <summary>Area codes, each with all below it; empty for whoever works for no authority.</summary>
    public required string[] Areas { get; init; }

    /// <summary>Areas whose figures they see and whose people they do not: a city guides its counties (CZ-158).</summary>
    public string[] Guided { get; init; } = [];

    /// <summary>Areas whose alerts they see and whose people they do not: a neighbour answers the doorbell (P22).</summary>
    public string[] Answered { get; init; } = [];

    /// <summary>The organisation they belong to and what it is called as a supplier.</summary>
    public required string[] Bodies { get; init; }

    /// <summary>Their staff id, or the name of the application: whom the engine knows as the doer.</summary>
    public required string By { get; init; }

    /// <summary>Those for whom they answer, themselves among them: what names these people, they see.</summary>
    public required string[] People { get; init; }

    /// <summary>The roles that they hold in relief work.</summary>
    public required string[] Roles { get; init; }

    /// <summary>Whether the figures of an area are theirs to see.</summary>
    public bool SeesFiguresOf(string areaCode) => Areas.Contains(areaCode) || Guided.Contains(areaCode);

    /// <summary>Only what somebody made or is named in.</summary>
    public static RecordVisibility OfOwn(string by) => new() { Areas = [], Bodies = [], By = by, People = [by], Roles = [] };
}
