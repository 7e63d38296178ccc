using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>The arithmetic of a draw, without chance of its own: the same seed and members give the same picks, whoever reckons it and with whatever tool.</summary>
/// <remarks>
/// Each member's lot is SHA-256 of <c>seed:recordId</c> in lower-case hexadecimal; the members in the order of their lots are the ranks 1, 2, 3 …, the first n are
/// drawn, the next are the reserve. <c>printf '%s' "$seed:$record" | sha256sum</c> proves any of them.
/// </remarks>
public static class SampleDraw
{
    /// <summary>How many services are to be drawn: ceil(ratio × services), less those done before, never below none.</summary>
    public static int SizeOf(decimal ratio, int services, int done) => Math.Max(0, decimal.ToInt32(decimal.Ceiling(ratio * services)) - done);

    /// <summary>The members in the order of their lots.</summary>
    public static IReadOnlyList<string> Ranked(string seed, IEnumerable<string> members) =>
        [.. members.OrderBy(member => LotOf(seed, member), StringComparer.Ordinal)];

    /// <summary>A member's lot.</summary>
    public static string LotOf(string seed, string member) => Hash($"{seed}:{member}");

    /// <summary>The hash over a population: one line for each stratum with its sizes, below it its members by id.</summary>
    public static string HashOf(IEnumerable<SpotCheckStratum> strata)
    {
        var text = new StringBuilder();
        foreach (var stratum in strata.OrderBy(NameOf, StringComparer.Ordinal))
        {
            text.Append(NameOf(stratum)).Append('\n');
            foreach (var member in stratum.Members.Order(StringComparer.Ordinal))
                text.Append(member).Append('\n');
        }

        return Hash(text.ToString());
    }

    private static string NameOf(SpotCheckStratum stratum) => $"{stratum.TownshipCode} {stratum.SupplierId} {stratum.Mode} {stratum.Services} {stratum.Done}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
