namespace Relief.Flow.Activities.Agents;

/// <summary>A mandate as it was given.</summary>
/// <param name="By">Person, Guardian or VillageCommittee.</param>
/// <param name="Form">Written, Voice or Video.</param>
/// <param name="Evidence">Where the paper or the recording is.</param>
/// <param name="Scope">What the agent may do.</param>
/// <param name="EndsAt">The last moment of it.</param>
public sealed record GivenMandate(string By, string Form, string Evidence, IReadOnlyList<ErrandKind> Scope, DateTimeOffset EndsAt);
