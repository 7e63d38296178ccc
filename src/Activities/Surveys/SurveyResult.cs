namespace Relief.Flow.Activities.Surveys;

/// <summary>What became of a survey.</summary>
public abstract record SurveyResult
{
    /// <summary>It is valid and kept; it never changes again.</summary>
    /// <param name="SurveyId">The survey.</param>
    /// <param name="Flags">What a reviewer should look at: SameDevice, SignedTooFast.</param>
    public sealed record Valid(string SurveyId, IReadOnlyList<string> Flags) : SurveyResult;

    /// <summary>It is not kept; the team corrects it within 2 working days.</summary>
    /// <param name="Reason">SignersNotDistinct, SignerNotAssigned, HouseholdMissing, IndicatorsUnknown, NoPhotographs.</param>
    public sealed record Invalid(string Reason) : SurveyResult;

    /// <summary>Its state does not allow it.</summary>
    /// <param name="Status">The state it is in.</param>
    public sealed record WrongState(SurveyStatus Status) : SurveyResult;

    /// <summary>There is no such survey.</summary>
    public sealed record Unknown : SurveyResult;
}
