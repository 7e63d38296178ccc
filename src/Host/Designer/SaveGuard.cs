using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Says why a save must not be taken: it would throw away what the designer could not draw, or what somebody else has saved meanwhile.</summary>
internal static class SaveGuard
{
    /// <summary>Where a model carries which state of the definition it was drawn over; never stored.</summary>
    public const string Revision = "reliefRevision";

    private static readonly string[] Roots = ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Parallel"];

    /// <summary>The stamp of a stored state.</summary>
    public static string StampOf(StoredDefinition stored) => Convert.ToHexStringLower(stored.Hash)[..16];

    /// <summary>Takes the stamp out of a model; null when it has none.</summary>
    public static string? TakeStamp(JsonObject model)
    {
        if (model["customProperties"] is not JsonObject own || own[Revision] is not JsonValue stamp)
            return null;

        own.Remove(Revision);
        return stamp.GetValueKind() == JsonValueKind.String ? stamp.GetValue<string>() : null;
    }

    /// <summary>Why a first save is refused, in the language; null when it may be stored.</summary>
    public static string? Refuses(JsonObject model, string language) =>
        model["root"] is JsonObject root && root["type"]?.GetValueKind() == JsonValueKind.String && !Roots.Contains(root["type"]!.GetValue<string>())
            ? DrawnTexts.In(language, "save.unsupportedRoot", root["type"]!.GetValue<string>())
            : null;

    /// <summary>Why a save over a stored state is refused, in the language; null when it may be stored.</summary>
    /// <param name="isKnown">Whether an activity type is known: those that are not cannot be drawn, so they are never taken out on purpose.</param>
    public static string? Refuses(JsonObject model, StoredDefinition latest, Func<string, bool> isKnown, string language)
    {
        var before = Placeholders.Activities(JsonNode.Parse(latest.Body)!["root"]);
        var after = Placeholders.Activities(model["root"]);
        if (before.Count > 1 && after.Count <= 1)
            return DrawnTexts.In(language, "save.emptied");

        string[] lost = [.. before.Where(activity => !isKnown(activity.Value) && !after.ContainsKey(activity.Key)).Select(activity => $"{activity.Key} ({activity.Value})")];
        return lost.Length == 0 ? null : DrawnTexts.In(language, "save.lost", string.Join(", ", lost));
    }

    /// <param name="by">Who saved it; null when that is not known: a draft is stored without a name.</param>
    public static string Changed(StoredDefinition latest, string? by, string language) => DrawnTexts.In(
        language, "save.changed", latest.Name, by ?? latest.PublishedBy ?? DrawnTexts.In(language, "save.somebody"), ChinaTime.Local(latest.CreatedAt).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), latest.Version);
}
