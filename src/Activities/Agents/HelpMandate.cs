namespace Relief.Flow.Activities.Agents;

/// <summary>What an agent may do for a person, by whose word and until when (P20, ZZ-010…013). One row from the call for help to the end of the mandate.</summary>
/// <remarks>Who the person is stands in no name here: an agent learns it from the supervisor, and from the application once there is one.</remarks>
public sealed record HelpMandate
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When help was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Who is helped, as the asker knows them: a reference, never a number.</summary>
    public required string PersonRef { get; init; }

    /// <summary>The relative who can hand in papers from afar, by reference.</summary>
    public string? RelativeRef { get; init; }

    /// <summary>What is needed and why the person cannot do it.</summary>
    public required string Wording { get; init; }

    /// <summary>The person, once known to the registers.</summary>
    public string? PersonId { get; init; }

    /// <summary>The case, once there is one.</summary>
    public string? CaseId { get; init; }

    /// <summary>The state.</summary>
    public required MandateStatus Status { get; init; }

    /// <summary>The agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>When the agent was named.</summary>
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>Who named the agent.</summary>
    public string? AssignedBy { get; init; }

    /// <summary>When the mandate was given.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>Person, Guardian or VillageCommittee: the last two where the person cannot decide.</summary>
    public string? GivenBy { get; init; }

    /// <summary>Written, Voice or Video.</summary>
    public string? Form { get; init; }

    /// <summary>Where the paper or the recording is.</summary>
    public string? Evidence { get; init; }

    /// <summary>The last moment of the mandate.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When a supervisor last looked through it.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The record of the application being read back.</summary>
    public string? ReadBack { get; init; }

    /// <summary>Who confirmed it.</summary>
    public string? ReadBackBy { get; init; }

    /// <summary>When the mandate ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Done, Expired, Revoked or Declined.</summary>
    public string? EndReason { get; init; }

    /// <summary>The receipt for the originals that were handed over.</summary>
    public string? HandedOver { get; init; }
}
