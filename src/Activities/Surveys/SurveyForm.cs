using System.Text.Json;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>What a team sends about a visit, and the task that asks for it.</summary>
public sealed record SurveyForm
{
    /// <summary>The kind of the task.</summary>
    public const string Kind = "survey";

    /// <summary>The team was there and the form is filled.</summary>
    public const string Submit = nameof(Submit);

    /// <summary>Nobody was found.</summary>
    public const string NobodyHome = nameof(NobodyHome);

    /// <summary>The household does not want the survey (E01).</summary>
    public const string RefusedEntry = nameof(RefusedEntry);

    /// <summary>Abuse, neglect or a child alone was seen (E18).</summary>
    public const string Safeguarding = nameof(Safeguarding);

    public IReadOnlyList<SignatureEntry> Signatures { get; init; } = [];

    public IReadOnlyList<string> FailedIndicators { get; init; } = [];

    public SurveyOpinion Opinion { get; init; } = SurveyOpinion.Unclear;

    public IReadOnlyList<string> RecommendedItems { get; init; } = [];

    public string? FamilySigner { get; init; }

    public string? FamilyRefusal { get; init; }

    public string Place { get; init; } = "home";

    public int PhotoCount { get; init; }

    public JsonElement Answers { get; init; }

    /// <summary>Who lives there, all of them; null when nobody asked.</summary>
    public IReadOnlyList<SurveyedMember>? Family { get; init; }

    /// <summary>The dwelling, kept with them; null when nobody asked.</summary>
    public string? HouseType { get; init; }

    /// <summary>When nobody was home; the moment of the report when absent.</summary>
    public DateTimeOffset? At { get; init; }

    public string? Note { get; init; }

    /// <summary>The task of a survey, open to its team only.</summary>
    public static DeskWork Work(SurveyRecord survey, string? problem) => new()
    {
        Title = "入户调查",
        Kind = Kind,
        Outcomes = [Submit, NobodyHome, RefusedEntry, Safeguarding],
        Form =
        [
            FormField.Of("signatures", "调查人员签名", "array", Submit).Made(FormField.Of("staffId", "调查人员", "string").OneOf(survey.Team), FormField.Of("signedAt", "签名时间", "string"), FormField.Of("device", "设备", "string")),
            FormField.Of("opinion", "初审意见", "string", Submit).OneOf(Enum.GetNames<SurveyOpinion>()),
            FormField.Of("failedIndicators", "不能自理的指标", "array").OneOf(SelfCare.Indicators), FormField.Of("recommendedItems", "建议服务项目", "array"),
            FormField.Of("familySigner", "家庭成员签名", "string"), FormField.Of("familyRefusal", "拒签原因", "string"),
            FormField.Of("family", "同住家庭成员", "array").Made(FormField.Of("name", "姓名", "string"), FormField.Of("idNumber", "身份证号", FormField.IdNumber), FormField.Of("sex", "性别", "string").OneOf("F", "M"),
                FormField.Of("birthDate", "出生日期", "string"), FormField.Of("isHead", "户主", "boolean")),
            FormField.Of("houseType", "住房类型", "string"), FormField.Of("photoCount", "照片数", "integer"), FormField.Of("place", "地点", "string"), FormField.Of("answers", "调查表", "object"),
            FormField.Of("at", "上门时间", "string"), FormField.Of("note", "说明", "string", RefusedEntry, Safeguarding)
        ],
        Data = JsonSerializer.SerializeToElement(
            new { surveyId = survey.Id, survey.Version, mode = survey.Mode.ToString(), survey.Team, indicators = SelfCare.Indicators, problem }, JsonSerializerOptions.Web)
    };

    /// <summary>The form as a submission for a survey.</summary>
    public SurveySubmission ToSubmission(string surveyId) => new()
    {
        SurveyId = surveyId,
        Signatures = Signatures,
        FailedIndicators = FailedIndicators,
        Answers = Answers.ValueKind == JsonValueKind.Object ? Answers.GetRawText() : "{}",
        Opinion = Opinion,
        RecommendedItems = RecommendedItems,
        FamilySigner = FamilySigner,
        FamilyRefusal = FamilyRefusal,
        Place = Place,
        PhotoCount = PhotoCount
    };
}
