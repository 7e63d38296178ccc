using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Intake;

/// <summary>An application as a channel sends it, with the person in the clear; it goes straight into the records and nowhere else.</summary>
public sealed record ApplicationRequest
{
    public string? CountyCode { get; init; }

    public string? Channel { get; init; }

    public string? ApplicantName { get; init; }

    public bool OnBehalf { get; init; }

    public ApplicationPerson? Person { get; init; }

    public ReliefCategory? Category { get; init; }

    public IReadOnlyList<string> ItemCodes { get; init; } = [];

    public string? Wording { get; init; }

    public IReadOnlyList<string> Papers { get; init; } = [];

    /// <summary>The mandate under which an agent hands it in for the person; none when the person or a relative does.</summary>
    public string? MandateId { get; init; }

    /// <summary>The discovery that it comes of; that of the mandate, or the person's open one, when none is named.</summary>
    public string? DiscoveryId { get; init; }

    /// <summary>The version of the consent text that was agreed to; without it nothing is taken in.</summary>
    public string? ConsentVersion { get; init; }

    public TriageAnswers Triage { get; init; } = new(false, true, true, false);
}

/// <summary>The person an application is for.</summary>
public sealed record ApplicationPerson(string? IdNumber, string? Name, string? Sex, DateOnly? BirthDate, string? AreaCode, string? Phone);

/// <summary>The four questions: alone now, able to move, food and medicine at hand, in danger.</summary>
public sealed record TriageAnswers(bool AloneNow, bool CanMove, bool HasFoodAndMedicine, bool InDanger)
{
    /// <summary>Danger is a risk to life; alone without being able to move, or without food and medicine, is urgent.</summary>
    public Cases.Urgency Urgency =>
        InDanger ? Cases.Urgency.LifeAtRisk : (AloneNow && !CanMove) || !HasFoodAndMedicine ? Cases.Urgency.Urgent : Cases.Urgency.Normal;
}

/// <summary>What an application became.</summary>
/// <param name="CaseId">The case opened for it, or the person's open one.</param>
/// <param name="OwnCase">True when it was opened for it.</param>
/// <param name="DiscoveryId">The discovery that it came of.</param>
public sealed record ApplicationReceipt(string ApplicationId, string Number, string CaseId, string CaseNumber, string PersonId, bool OwnCase, string? DiscoveryId);
