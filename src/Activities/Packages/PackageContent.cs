using System.Security.Cryptography;
using System.Text.Json;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Filing;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Packages;

/// <summary>What a person takes along to the receiving place: the covers of their files with the services received, what was found, decided and planned; no identity number, address or diagnosis (E03, E20).</summary>
public sealed record PackageContent
{
    /// <summary>The person.</summary>
    public required string PersonName { get; init; }

    /// <summary>M or F.</summary>
    public required string Sex { get; init; }

    /// <summary>The year of birth.</summary>
    public required int BirthYear { get; init; }

    /// <summary>The service number, if one was given.</summary>
    public string? ServiceNo { get; init; }

    /// <summary>The case.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>What the case rests on.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>The day the case was opened.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The last day of service here.</summary>
    public required DateOnly LeftOn { get; init; }

    /// <summary>The receiving place.</summary>
    public required string Place { get; init; }

    /// <summary>What the last survey found; null where none was made.</summary>
    public PackageAssessment? Assessment { get; init; }

    /// <summary>What was decided, oldest first.</summary>
    public required IReadOnlyList<PackageDecision> Decisions { get; init; }

    /// <summary>What was planned, order by order.</summary>
    public required IReadOnlyList<PackagePlan> Plans { get; init; }

    /// <summary>The covers of the files, by service number, with the services received.</summary>
    public required IReadOnlyList<FileCover> Files { get; init; }

    /// <summary>The SHA-256 of it all: one other record, another hash.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web)));

    /// <summary>The number printed on it, by which whoever hands it over says that this is what they hand over.</summary>
    /// <param name="hash">Of <see cref="Hash"/>.</param>
    public static string CheckNumber(string hash) => hash[..8];
}

/// <summary>What a survey found.</summary>
/// <param name="On">The day it was signed.</param>
/// <param name="FailedIndicators">The self-care indicators that failed, of the six.</param>
/// <param name="Opinion">What the surveyors thought.</param>
public sealed record PackageAssessment(DateOnly? On, IReadOnlyList<string> FailedIndicators, SurveyOpinion? Opinion);

/// <summary>A decision.</summary>
/// <param name="On">From when it held.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Authority">township or county.</param>
public sealed record PackageDecision(DateOnly On, DecisionOutcome Outcome, string Authority);

/// <summary>A line of a plan.</summary>
/// <param name="Pathway">M1 to M7.</param>
/// <param name="What">The item of the catalogue.</param>
/// <param name="QuantityPerMonth">Units per month.</param>
/// <param name="VisitsPerMonth">In how many visits.</param>
/// <param name="From">The first day of the order.</param>
/// <param name="To">Its last day, as it ended.</param>
public sealed record PackagePlan(string Pathway, string What, decimal QuantityPerMonth, int VisitsPerMonth, DateOnly From, DateOnly To);
