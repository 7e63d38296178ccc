namespace Relief.Flow.Activities.Surveys;

/// <summary>Somebody whom a survey team met as living in the household.</summary>
/// <param name="Name">The name.</param>
/// <param name="Sex">F or M; of somebody who is not on the records yet.</param>
/// <param name="BirthDate">The day of birth, where the ID number is not at hand.</param>
/// <param name="IdNumber">The ID number; sealed from the moment the form has come in.</param>
/// <param name="IsHead">Whether they are the head of the household.</param>
public sealed record SurveyedMember(string? Name, string? Sex, DateOnly? BirthDate, string? IdNumber, bool IsHead);
