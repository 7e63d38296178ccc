using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>One report of a survey team: what it changes and how the survey goes on.</summary>
/// <param name="records">The open unit of work.</param>
/// <param name="scene">The case.</param>
/// <param name="survey">Its open survey.</param>
/// <param name="decision">What the team sent.</param>
/// <param name="key">Opens the ID numbers of a household's members.</param>
public sealed class SurveyRound(ReliefDbContext records, CaseScene scene, SurveyRecord survey, TaskDecision decision, PersonalDataKey key)
{
    private readonly SurveyBook _book = new(records);

    /// <summary>Applies it. Who is not in the team changes nothing.</summary>
    public async Task<RoundResult> Apply(Deed deed, CancellationToken cancellationToken)
    {
        if (!survey.Team.Contains(decision.By))
            return RoundResult.Again("NotInTeam");
        if (decision.Form<SurveyForm>() is not { } form)
            return RoundResult.Again("FormInvalid");
        return decision.Outcome switch
        {
            SurveyForm.Submit => await Submit(form, deed, cancellationToken),
            SurveyForm.NobodyHome => await NobodyHome(form, deed, cancellationToken),
            SurveyForm.RefusedEntry => await End(form, SurveyStatus.Refused, deed, cancellationToken),
            _ => await Alarm(deed, cancellationToken)
        };
    }

    private async Task<RoundResult> Submit(SurveyForm form, Deed deed, CancellationToken cancellationToken)
    {
        var household = new SurveyedFamily(records, key);
        var (family, problem) = form.Family is { Count: > 0 } met ? await household.Find(scene.Case.PersonId, met, ChinaTime.DayOf(deed.At), cancellationToken) : (null, null);
        if ((problem ?? (form.HouseType is { Length: > 100 } ? "HouseTypeTooLong" : null)) is { } wrong)
            return RoundResult.Correct(wrong);
        var result = await _book.Submit(form.ToSubmission(survey.Id), deed, cancellationToken);
        if (result is SurveyResult.Valid && family is not null)
            await household.Keep(family, form.HouseType, deed.Step("family"), cancellationToken);
        return result switch
        {
            SurveyResult.Valid => RoundResult.Ended(form.Opinion.ToString()),
            SurveyResult.Invalid(var reason) => RoundResult.Correct(reason),
            var other => RoundResult.Again(other.GetType().Name)
        };
    }

    private async Task<RoundResult> NobodyHome(SurveyForm form, Deed deed, CancellationToken cancellationToken)
    {
        var at = form.At is { } given && given <= decision.At ? given : decision.At;
        var count = await _book.Attempt(Attempt(at, "NobodyHome", form.Note, deed), deed, cancellationToken);
        if (!count.Unreachable)
            return RoundResult.Again(null);
        await _book.End(survey.Id, SurveyStatus.Unreachable, deed.Step("end"), cancellationToken);
        return RoundResult.Ended(nameof(SurveyStatus.Unreachable));
    }

    private async Task<RoundResult> End(SurveyForm form, SurveyStatus status, Deed deed, CancellationToken cancellationToken)
    {
        await _book.Attempt(Attempt(decision.At, "RefusedEntry", form.Note, deed), deed, cancellationToken);
        await _book.End(survey.Id, status, deed.Step("end"), cancellationToken);
        return RoundResult.Ended(status.ToString());
    }

    private async Task<RoundResult> Alarm(Deed deed, CancellationToken cancellationToken)
    {
        await new CaseBook(records).Flag(scene.Case.Id, SurveyForm.Safeguarding, true, deed, cancellationToken);
        return RoundResult.Ended(SurveyForm.Safeguarding);
    }

    private SurveyAttempt Attempt(DateTimeOffset at, string outcome, string? note, Deed deed) => new()
    {
        Id = deed.NewId(),
        SurveyId = survey.Id,
        AttemptedAt = at,
        Outcome = outcome,
        AttemptedBy = decision.By,
        Note = note ?? ""
    };
}

/// <summary>How a survey goes on after a report.</summary>
/// <param name="Outcome">The outcome by which it ends; null when it goes on.</param>
/// <param name="Problem">What the team must know, for the next round.</param>
/// <param name="ToCorrect">True when the form must be corrected by a deadline.</param>
public sealed record RoundResult(string? Outcome, string? Problem, bool ToCorrect)
{
    /// <summary>The survey ends.</summary>
    public static RoundResult Ended(string outcome) => new(outcome, null, false);

    /// <summary>The task is open again.</summary>
    public static RoundResult Again(string? problem) => new(null, problem, false);

    /// <summary>The task is open again, with a deadline of its own.</summary>
    public static RoundResult Correct(string problem) => new(null, problem, true);
}
