using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Filing;

/// <summary>What stands on the cover of a person's file (封面, CZ-141, CZ-142) and on the form of received services behind it (接受救助服务情况表); no identity number, address or diagnosis does.</summary>
public sealed record FileCover
{
    /// <summary>The file with its service number.</summary>
    public required ArchiveFile File { get; init; }

    /// <summary>The papers, in the order of the list.</summary>
    public required IReadOnlyList<ArchiveItem> Papers { get; init; }

    /// <summary>The services that the person received, by day, from the records themselves.</summary>
    public required IReadOnlyList<ReceivedHelp> Services { get; init; }

    /// <summary>The person.</summary>
    public required string PersonName { get; init; }

    /// <summary>M or F.</summary>
    public required string Sex { get; init; }

    /// <summary>The year of birth.</summary>
    public required int BirthYear { get; init; }

    /// <summary>What the case rests on.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>The case.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>County, township and village.</summary>
    public required string Place { get; init; }

    /// <summary>The supplier or township that keeps the file.</summary>
    public required string KeeperName { get; init; }

    /// <summary>Until when it is kept; null while the case is open.</summary>
    public DateOnly? KeptUntil { get; init; }

    /// <summary>The papers that are neither there nor excused.</summary>
    public IEnumerable<string> Missing => Papers.Where(paper => paper is { Present: false, ExceptionReason: null }).Select(paper => paper.Kind);
}

/// <summary>A service that a person received.</summary>
/// <param name="Pathway">M1 to M7.</param>
/// <param name="On">The day.</param>
/// <param name="What">What it was: a catalogue item's name, or words.</param>
/// <param name="Quantity">How much, where it is counted.</param>
/// <param name="RecordId">The record.</param>
public sealed record ReceivedHelp(string Pathway, DateOnly On, string What, decimal? Quantity, string RecordId);
