using System.Globalization;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Some rows of a list, and where the next ones begin.</summary>
/// <param name="Next">Give it as <c>after</c> to get the following rows; null when there are none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The place of a row in a list ordered by instant and id: rows that come later never shift it.</summary>
public sealed record Cursor(DateTimeOffset At, Guid Id)
{
    /// <summary>How many rows a page may have.</summary>
    public const int MaxTake = 100;

    /// <summary>Between one row and <see cref="MaxTake"/>; 50 when not said.</summary>
    public static int Take(int? asked) => Math.Clamp(asked ?? 50, 1, MaxTake);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static Cursor? Parse(string? text) =>
        PageToken.Read(text, 200, 2) is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "D", out var key)
            ? new Cursor(new DateTimeOffset(at, TimeSpan.Zero), key)
            : null;

    public override string ToString() => PageToken.Write(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Id:D}"));

    /// <summary>Cuts the one row too many that tells whether there is more.</summary>
    internal static Page<T> Cut<T>(List<T> rows, int take, Func<T, Cursor> place)
    {
        if (rows.Count <= take)
            return new Page<T>(rows, null);

        rows.RemoveRange(take, rows.Count - take);
        return new Page<T>(rows, place(rows[^1]).ToString());
    }
}
