using Relief.Flow.Activities.Catalogue;

namespace Relief.Flow.Activities.Decisions;

/// <summary>What must be right in a routing table before anybody is asked to approve it.</summary>
public static class RoutingRules
{
    private const int MostRows = 100;
    private static readonly string[] Ends = ["P16", "P28"];

    /// <summary>What is wrong, as the field and what to do; none when it may be proposed.</summary>
    /// <param name="otherwise">What is begun where nothing fits.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="families">The families of the county's catalogue.</param>
    public static IEnumerable<(string Field, string Message)> Problems(string? otherwise, IReadOnlyList<RoutingRow> rows, IEnumerable<string> families)
    {
        if (!Ends.Contains(otherwise))
            yield return ("otherwise", "P16 or P28: a need that nothing fits never ends in silence.");
        if (rows.Count is 0 or > MostRows)
            yield return ("rows", $"1 to {MostRows} rows.");
        HashSet<string> known = [.. RoutingFacts.With(families)];
        for (var at = 0; at < rows.Count; at++)
        {
            foreach (var (part, message) in Shape(rows[at]).Concat(Words(rows[at], known)).Concat(Reach(rows[at], [.. rows.Take(at)], rows)))
                yield return ($"rows[{at}].{part}", message);
        }
    }

    private static IEnumerable<(string Part, string Message)> Shape(RoutingRow row)
    {
        if (row.Code.Trim().Length is 0 or > 50)
            yield return ("code", "A code of 1 to 50 characters.");
        if (row.Name.Trim().Length is 0 or > 200)
            yield return ("name", "What the row says, 1 to 200 characters.");
        if (row.Propose.Count + row.Extras.Count + row.Forbid.Count == 0)
            yield return ("propose", "The row proposes, adds and forbids nothing: name what it is for.");
        if (row.ValidTo < row.ValidFrom)
            yield return ("validTo", "Not before validFrom.");
        if (row.Forbid.Any(ban => ban.Reason is not { } reason || reason.Trim().Length is 0 or > 200))
            yield return ("forbid", "Each with its reason, 1 to 200 characters: whoever chose it reads it.");
    }

    private static IEnumerable<(string Part, string Message)> Words(RoutingRow row, HashSet<string> known)
    {
        foreach (var (part, words) in new[] { ("all", row.All), ("any", row.Any), ("none", row.None) })
        {
            foreach (var unknown in words.Where(word => !known.Contains(word)))
                yield return (part, $"There is no fact {unknown}.");
        }

        string[] extras = [.. Pathways.Codes, RoutingFacts.Doorbell];
        foreach (var unknown in row.Propose.Where(pathway => !Pathways.Codes.Contains(pathway)))
            yield return ("propose", $"There is no pathway {unknown}.");
        foreach (var unknown in row.Extras.Where(extra => !extras.Contains(extra)))
            yield return ("extras", $"There is nothing to add that is called {unknown}.");
        foreach (var ban in row.Forbid.Where(ban => !Pathways.Codes.Contains(ban.Pathway)))
            yield return ("forbid", $"There is no pathway {ban.Pathway}.");
    }

    // Of what can be seen without a person: conditions that exclude each other, and rows that others leave nothing to say.
    private static IEnumerable<(string Part, string Message)> Reach(RoutingRow row, IReadOnlyList<RoutingRow> earlier, IReadOnlyList<RoutingRow> all)
    {
        if (earlier.Any(other => other.Code == row.Code))
            yield return ("code", $"The code {row.Code} stands twice.");
        if (row.All.FirstOrDefault(word => row.None.Contains(word) || row.All.Any(other => RoutingFacts.Exclude(word, other))) is { } against)
            yield return ("all", $"The row can never fire: {against} is ruled out by another of its conditions.");
        else if (row.Any.Count > 0 && row.Any.All(word => row.None.Contains(word) || row.All.Any(other => RoutingFacts.Exclude(word, other))))
            yield return ("any", "The row can never fire: each of these is ruled out by another of its conditions.");
        var onlyProposes = row is { Propose.Count: > 0, Extras.Count: 0, Forbid.Count: 0 };
        if (row.Fallback && onlyProposes && earlier.FirstOrDefault(other => row.Propose.All(other.Propose.Contains) && other.Covers(row)) is { } first)
            yield return ("fallback", $"The row can never speak: {first.Code} before it has proposed the same whenever it would.");
        if (onlyProposes && all.FirstOrDefault(other => (other == row || other.Covers(row)) && row.Propose.All(pathway => other.Forbid.Any(ban => ban.Pathway == pathway && !ban.Alone))) is { } forbids)
            yield return ("propose", $"The row can never propose anything: {forbids.Code} forbids it whenever it fires.");
        if (row.Propose.FirstOrDefault(pathway => row.Forbid.Any(ban => ban.Pathway == pathway)) is { } both)
            yield return ("forbid", $"The row proposes {both} and forbids it.");
    }
}
