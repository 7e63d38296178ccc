using System.Text.Json;

namespace Relief.Flow.Activities.Decisions;

/// <summary>What the routing table proposed for a need and by which rows, or what a person chose of it and why. Each answer is a row of its own; none is changed.</summary>
public sealed record NeedRouting
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the table was asked, or the choice made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked or chose.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The need.</summary>
    public required string NeedItemId { get; init; }

    /// <summary>The answer's number for this need, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>The version of the table.</summary>
    public required string TableVersion { get; init; }

    /// <summary>What is begun when nothing fits and the need is not granted: P16 or P28.</summary>
    public required string Otherwise { get; init; }

    /// <summary>The pathways proposed; none when nothing fits.</summary>
    public required string[] Proposed { get; init; }

    /// <summary>What might be added.</summary>
    public required string[] Extras { get; init; }

    /// <summary>The rows that fired and what they forbid, as JSON.</summary>
    public required string Trace { get; init; }

    /// <summary>The pathways chosen; empty while nobody has chosen, and for a need that was not granted.</summary>
    public string[] Chosen { get; init; } = [];

    /// <summary>Why something else was chosen than what was proposed.</summary>
    public string? Because { get; init; }

    /// <summary>True once a person has chosen.</summary>
    public bool IsChosen { get; init; }

    /// <summary>The rows that fired and what they forbid.</summary>
    public RoutingProposal ToProposal() => JsonSerializer.Deserialize<RoutingProposal>(Trace, JsonSerializerOptions.Web)!;

    /// <summary>What is wrong with a choice: the row that forbids it, or that it is not proposed and nobody says why; null when it may be.</summary>
    public ChoiceFault? FaultOf(IReadOnlyCollection<string> chosen, string? because)
    {
        var sole = chosen.Distinct().Count() == 1;
        if (ToProposal().Forbidden.FirstOrDefault(ban => chosen.Contains(ban.Pathway) && (!ban.Alone || sole)) is { } ban)
            return new ChoiceFault("PathwayForbidden", ban);
        return string.IsNullOrWhiteSpace(because) && chosen.Any(pathway => !Proposed.Contains(pathway) && !Extras.Contains(pathway)) ? new ChoiceFault("ReasonMissing", null) : null;
    }
}

/// <summary>Why a choice of pathways may not be.</summary>
/// <param name="Problem">PathwayForbidden or ReasonMissing.</param>
/// <param name="Ban">What forbids it, with its row and reason.</param>
public sealed record ChoiceFault(string Problem, RowBan? Ban);
