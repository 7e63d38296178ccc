using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Gives a submitted survey to the big-data system, where policy wants it (S05). Ours is the record: theirs is compared with it every day.</summary>
internal static class SurveyUpload
{
    /// <summary>What leaves with the commit that takes the survey in; nothing where no upload is wanted.</summary>
    public static async Task<Message[]> Of(ReliefDbContext records, CaseScene scene, string surveyId, Deed deed, CancellationToken cancellationToken)
    {
        if (await new ParameterQueries(records).Find("surveyUpload.required", scene.Case.AreaCode, ChinaTime.DayOf(deed.At), cancellationToken) is not { Value: "true" })
            return [];
        var survey = (await new SurveyQueries(records).Of(scene.Case.Id, cancellationToken)).Single(row => row.Id == surveyId);
        var person = (await new PersonQueries(records).Find(scene.Case.PersonId, cancellationToken))!;
        var body = ExchangeEntry.Of(new
        {
            surveyId, survey.Version, caseNumber = scene.Case.Number, areaCode = scene.Case.AreaCode, survey.SubmittedAt, opinion = survey.Opinion?.ToString(), survey.RecommendedItems, survey.FailedIndicators
        });
        body["idNumber"] = Departures.Sealed(person.IdNumberSealed);
        var entry = new ExchangeEntry(Adapter.Surveys, "SurveyUpsert", surveyId, body)
        {
            CountyCode = scene.County, CaseId = scene.Case.Id, PersonId = person.Id, Path = "surveys", LegalBasis = "《社会救助暂行办法》：入户调查信息录入救助信息系统"
        };
        return [await new ExchangeBook(records).Send(entry, deed.Step("upload"), cancellationToken)];
    }
}
