namespace Relief.Flow.Workflows;

/// <summary>The path of an endpoint: words, <c>{name}</c> for one part, and <c>{*name}</c> for all that is left.</summary>
/// <remarks>Two endpoints collide when their keys are equal: names of parts and upper case do not count.</remarks>
public sealed class HttpRoute
{
    /// <summary>Paths with more parts are not matched against <c>{name}</c>: each part doubles the keys to look for.</summary>
    public const int MostParts = 7;

    /// <summary>What the name of a waiting endpoint's bookmark says of who may send: nobody is asked, a key, or a key and a policy behind the colon.</summary>
    public const string OpenName = "request";
    public const string GuardedName = "request+key";

    private readonly string[] _parts;

    private HttpRoute(string[] parts) => _parts = parts;

    /// <summary>The path for <see cref="KeyOf"/>: words in small letters, parts without their names.</summary>
    public string Shape => string.Join('/', _parts.Select(part => IsRest(part) ? "{*}" : IsPart(part) ? "{}" : part.ToLowerInvariant()));

    /// <summary>What an endpoint is found by.</summary>
    public string KeyOf(string method) => $"{method.ToUpperInvariant()} {Shape}";

    /// <summary>What an event must be called to reach an endpoint that waits.</summary>
    public static string EventKey(string routeKey) => "http:" + routeKey;

    /// <summary>Null when it is no such path.</summary>
    public static HttpRoute? Parse(string template)
    {
        var parts = Split(template);
        var isGood = parts.Length is > 0 and <= MostParts && parts.All(part => IsWord(part) || IsPart(part)) && !parts.SkipLast(1).Any(IsRest);
        return isGood && parts.Where(IsPart).Distinct(StringComparer.OrdinalIgnoreCase).Count() == parts.Count(IsPart) ? new HttpRoute(parts) : null;
    }

    /// <summary>The keys under which an endpoint for this request may stand, the most exact first.</summary>
    public static IReadOnlyList<string> Candidates(string method, string path)
    {
        var parts = Split(path.ToLowerInvariant());
        if (parts.Length > MostParts)
        {
            return [.. Rests(parts).Select(rest => $"{method} {rest}"), $"{method} {string.Join('/', parts)}"];
        }

        // From the left, a word counts more than a part, as everywhere.
        IEnumerable<string> shapes = [""];
        foreach (var part in parts)
        {
            shapes = [.. shapes.SelectMany(shape => new[] { $"{shape}/{part}", $"{shape}/{{}}" })];
        }

        return [.. shapes.Select(shape => $"{method} {shape.TrimStart('/')}"), .. Rests(parts).Select(rest => $"{method} {rest}")];
    }

    /// <summary>The parts of a path by their names; of one that does not fit, as far as it fits.</summary>
    public Dictionary<string, string> Values(string path)
    {
        var given = Split(path);
        Dictionary<string, string> values = [];
        for (var place = 0; place < _parts.Length && place < given.Length; place++)
        {
            if (IsRest(_parts[place]))
            {
                values[_parts[place][2..^1]] = string.Join('/', given[place..]);
            }
            else if (IsPart(_parts[place]))
            {
                values[_parts[place][1..^1]] = given[place];
            }
        }

        return values;
    }

    // Words before the rest, the longest first.
    private static IEnumerable<string> Rests(string[] parts) =>
        Enumerable.Range(0, Math.Min(parts.Length, MostParts)).Reverse().Select(count => string.Join('/', parts[..count].Append("{*}")));

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsPart(string part) =>
        part.Length > 2 && part[0] == '{' && part[^1] == '}' && part[1..^1].TrimStart('*') is { Length: > 0 } name && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_');

    private static bool IsRest(string part) => IsPart(part) && part[1] == '*';

    private static bool IsWord(string part) => part.All(letter => letter > ' ' && !"{}?#\\".Contains(letter));
}
