namespace Relief.Flow.Activities.Rounds;

/// <summary>Why a report or a visit cannot be so.</summary>
/// <param name="Code">A stable code, such as <c>visit.remoteNotAllowed</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record VisitFault(string Code, string Message);
