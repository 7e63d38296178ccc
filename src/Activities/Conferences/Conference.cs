namespace Relief.Flow.Activities.Conferences;

/// <summary>One case, one discussion (一事一议, P16): true hardship that no rule fits, put before the units that can do something about it.</summary>
/// <remarks>It recommends and grants what each unit may do by itself; whether a person is included in a relief category the competent authority decides (0.2b).</remarks>
public sealed record Conference
{
    /// <summary>The identifier: that of its procedure.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case; none for a common problem.</summary>
    public string? CaseId { get; init; }

    /// <summary>Why no rule helps.</summary>
    public required ConferenceSituation Situation { get; init; }

    /// <summary>In words, without a name or an illness.</summary>
    public required string AskedBecause { get; init; }

    /// <summary>Who discusses it.</summary>
    public required ConferenceLevel Level { get; init; }

    /// <summary>How it is passed.</summary>
    public required VoteRule Rule { get; init; }

    /// <summary>True when it is convened within two working days.</summary>
    public required bool Urgent { get; init; }

    /// <summary>Where it stands.</summary>
    public required ConferenceStatus Status { get; init; }

    /// <summary>How often it was convened, at all levels together.</summary>
    public int Convening { get; init; }

    /// <summary>How often it had been convened when it came to its level: there it is convened twice at most.</summary>
    public int SinceConvening { get; init; }

    /// <summary>How many rounds of votes were opened, at all levels together.</summary>
    public int Round { get; init; }

    /// <summary>Why it was refused, or what the chair said.</summary>
    public string? Reason { get; init; }

    /// <summary>The chair where the votes were equal; <c>vote</c> otherwise.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>SHA-256 over opinions, votes and measures.</summary>
    public string? MinutesHash { get; init; }

    /// <summary>What others may learn from it; it binds nobody.</summary>
    public string? Precedent { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The audit chain of a conference.</summary>
    public static string Chain(string id) => "conference:" + id;
}

/// <summary>The situations in which a conference is held (ZZ-025); no other is admitted.</summary>
public enum ConferenceSituation
{
    /// <summary>The facts are true and no policy fits.</summary>
    NoPolicyFits,

    /// <summary>Several departments have to act together.</summary>
    SeveralDepartments,

    /// <summary>A sudden heavy expense.</summary>
    SuddenExpense,

    /// <summary>No supplier goes on.</summary>
    SupplierDeadlock,

    /// <summary>Two policies contradict each other.</summary>
    PolicyConflict,

    /// <summary>The same problem in many cases.</summary>
    Systemic
}

/// <summary>Who discusses it: the town flexibly, the district quickly, the city by policy.</summary>
public enum ConferenceLevel
{
    Town,
    District,
    City
}

/// <summary>How a conference is passed.</summary>
public enum VoteRule
{
    /// <summary>More than the share <c>conference.pass</c> of the votes cast; an abstention is not cast.</summary>
    Majority,

    /// <summary>No vote against, and at least one for.</summary>
    Unanimous
}

/// <summary>Where a conference stands.</summary>
public enum ConferenceStatus
{
    Asked,
    Refused,
    Admitted,
    Passed,
    Failed,
    Closed
}
