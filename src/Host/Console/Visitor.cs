using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Console;

/// <summary>Who looks at a page: in which language, with which rights, for whom they act, and at what time.</summary>
public sealed record Visitor
{
    /// <summary>Where the application begins, with a slash at its end.</summary>
    public required string Root { get; init; }

    /// <summary>The page's own address with its query.</summary>
    public required string Here { get; init; }

    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Who signed in.</summary>
    public required string Name { get; init; }

    /// <summary>The person for whom they act; null when for nobody.</summary>
    public string? ActsFor { get; init; }

    /// <summary>Their own staff id when they signed in with a password; null for a key.</summary>
    public string? Person { get; init; }

    /// <summary>Whether they may say for whom they act.</summary>
    public bool MayActForPeople { get; init; }

    /// <summary>The roles of the key with which they signed in.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The policies that let them in.</summary>
    public required IReadOnlySet<string> Rights { get; init; }

    /// <summary>What a form of theirs carries (<see cref="FormSeal"/>).</summary>
    public required string Seal { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who is recorded as the doer.</summary>
    public string By => ActsFor ?? Name;

    public bool IsChinese => Language == ActivityTexts.Chinese;

    public bool May(string right) => Rights.Contains(right);

    /// <summary>An address of this application.</summary>
    public string To(string path) => Root + path;

    /// <summary>The text with its places filled; the key itself when there is none, so that a gap is seen.</summary>
    public string Say(string key, params object?[] values)
    {
        var text = ConsoleTexts.In(Language).GetValueOrDefault(key, key);
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    /// <summary>The text, or something else where there is none: for words that others made, such as roles and codes.</summary>
    public string SayOr(string key, string otherwise) => ConsoleTexts.In(Language).GetValueOrDefault(key, otherwise);

    /// <summary>Day and time in Shanghai.</summary>
    public static string Moment(DateTimeOffset at) => ChinaTime.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long ago, in the two largest units.</summary>
    public string Ago(DateTimeOffset at) => Span(Now - at);

    /// <summary>A length of time in the two largest units; never negative.</summary>
    public string Span(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => Say("span.now"),
        { TotalHours: < 1 } => Say("span.minutes", length.Minutes),
        { TotalDays: < 1 } => Say("span.hours", length.Hours, length.Minutes),
        { TotalDays: < 100 } => Say("span.days", length.Days, length.Hours),
        _ => Say("span.manyDays", length.Days)
    };
}
