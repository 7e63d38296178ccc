using System.Text.Json;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Host.Tasks;

namespace Relief.Flow.Host.Channels;

/// <summary>A household survey that was filled in with another app: by case number, its signatures as three lists in the same order.</summary>
internal sealed record ImportedSurvey(
    string? CaseNumber, string? SurveyorId, IReadOnlyList<string>? SignerIds, IReadOnlyList<DateTimeOffset>? SignedAt, IReadOnlyList<string>? SignerDevices, SurveyOpinion? Opinion,
    IReadOnlyList<string>? FailedIndicators, IReadOnlyList<string>? RecommendedItems, string? FamilySigner, string? FamilyRefusal, string? Place, IReadOnlyList<string>? Photos, string? Device,
    DateTimeOffset? DeviceTime, GeoFix? Geo, JsonElement? Answers)
{
    /// <summary>The number of the submission: the other app's own, with the app before it.</summary>
    public static string NumberFor(ChannelMessage message) => $"{message.Channel.Id}-{message.Number}";

    /// <summary>It as our own phones hand a survey in. Where the three lists differ in length, it has no signatures and is refused for it.</summary>
    public FilledSurvey ToSurvey(ChannelMessage message) => new(
        NumberFor(message), Device, DeviceTime, Geo, Signatures(), Opinion, FailedIndicators, RecommendedItems, FamilySigner, FamilyRefusal, Place, Photos, Answers);

    private IReadOnlyList<SignatureEntry> Signatures() => SignerIds?.Count == SignedAt?.Count && SignerIds?.Count == SignerDevices?.Count
        ? [.. (SignerIds ?? []).Select((id, index) => new SignatureEntry(id, SignedAt![index], SignerDevices![index]))]
        : [];
}
