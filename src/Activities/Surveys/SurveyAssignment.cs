namespace Relief.Flow.Activities.Surveys;

/// <summary>A survey to be made.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="CountyCode">The county.</param>
/// <param name="Mode">Who surveys.</param>
/// <param name="TemplateId">The form.</param>
/// <param name="Team">The staff assigned, two at least.</param>
public sealed record SurveyAssignment(string CaseId, string CountyCode, SurveyMode Mode, string TemplateId, IReadOnlyList<string> Team);
