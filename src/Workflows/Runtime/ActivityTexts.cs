using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The catalog in the reader's language.</summary>
/// <remarks>
/// No text stands twice. English descriptions stand in the attributes and English names are the identifiers, split into words. Chinese
/// names stand in the attributes; all other Chinese stands in <c>Texts/activities.zh.json</c> of the assembly whose activity it is, under
/// <c>Relief.Survey#description</c>, <c>Relief.Survey.in.CaseId#description</c>, <c>Relief.Survey.port.Refused</c> and the like. A key
/// without the activity, such as <c>in.CaseId#description</c>, holds for all that have no key of their own. Where the Chinese is
/// missing the English is shown: a test keeps it complete.
/// </remarks>
public static partial class ActivityTexts
{
    public const string Chinese = "zh";
    public const string English = "en";

    private static readonly Assembly Engine = typeof(ActivityTexts).Assembly;

    public static string Name(ActivityDescriptor activity, string language) =>
        (language == Chinese ? activity.Chinese : null) ?? Find(activity, language, activity.Type) ?? Words(activity.Name);

    public static string Description(ActivityDescriptor activity, string language) =>
        Find(activity, language, $"{activity.Type}#description") ?? activity.Description;

    /// <summary>The heading in the toolbox.</summary>
    public static string Category(ActivityDescriptor activity, string language) =>
        Find(activity, language, $"category.{activity.Category}") ?? activity.Category;

    public static DisplayText Input(ActivityDescriptor activity, InputDescriptor input, string language) =>
        Member(activity, $"in.{input.Name}", input.Chinese, new DisplayText(Words(input.Name), input.Description), language);

    public static DisplayText Output(ActivityDescriptor activity, OutputDescriptor output, string language) =>
        Member(activity, $"out.{output.Name}", output.Chinese, new DisplayText(Words(output.Name), output.Description), language);

    /// <summary>The label of an outcome, or of a member that holds a child. A port that the author of a definition named stays as it is.</summary>
    public static string Port(ActivityDescriptor activity, string port, string language)
    {
        if (!activity.Outcomes.Contains(port) && !activity.Embedded.Contains(port))
            return port;

        var name = char.ToUpperInvariant(port[0]) + port[1..];
        return PortText(activity, name, language) ?? Words(name);
    }

    /// <summary>The label of what was decided at a task: not everything that may be answered there is an outcome of the activity. What nobody wrote a text for stays as it is.</summary>
    public static string Decided(ActivityDescriptor activity, string outcome, string language) =>
        activity.Outcomes.Contains(outcome) ? Port(activity, outcome, language)
        : PortText(activity, outcome, Chinese) is not { } chinese ? outcome
        : language == Chinese ? chinese : Words(outcome);

    /// <summary>The label of one of an input's values to choose from.</summary>
    public static string Option(ActivityDescriptor activity, InputDescriptor input, string value, string language) =>
        Find(activity, language, $"{activity.Type}.in.{input.Name}.{value}", $"option.{value}") ?? (language == Chinese ? value : Words(value));

    private static string? PortText(ActivityDescriptor activity, string port, string language) => Find(activity, language, $"{activity.Type}.port.{port}", $"port.{port}");

    private static DisplayText Member(ActivityDescriptor activity, string member, string? chinese, DisplayText english, string language) => new(
        (language == Chinese ? chinese : null) ?? Find(activity, language, $"{activity.Type}.{member}", member) ?? english.Name,
        Find(activity, language, $"{activity.Type}.{member}#description", $"{member}#description") ?? english.Description);

    private static string? Find(ActivityDescriptor activity, string language, params ImmutableArray<string> keys)
    {
        var own = TextFile.Of(activity.Class?.Assembly ?? Engine, language);
        var engine = TextFile.Of(Engine, language);
        foreach (var key in keys)
        {
            if (own.TryGetValue(key, out var text) || engine.TryGetValue(key, out text))
                return text;
        }

        return null;
    }

    // "NotRecommended" reads "Not recommended", "ForEach" "For each", "SendHttpRequest" "Send HTTP request".
    private static string Words(string identifier)
    {
        var words = Boundary().Replace(identifier, " ").Split(' ');
        return string.Join(' ', words.Select((word, place) => word switch
        {
            "Http" => "HTTP",
            "Url" => "URL",
            _ when place > 0 && !word.All(char.IsUpper) => word.ToLowerInvariant(),
            _ => word
        }));
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Boundary();
}
