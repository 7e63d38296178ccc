using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Funds;

/// <summary>Writes the money of many shares by one statement: a batch of thousands holds its accounts for a moment only.</summary>
internal static class PartSql
{
    private const string Postgres = """
        update relief.reservation_part as p set released = s.released, committed = s.committed, accrued = s.accrued, spent = s.spent
        from jsonb_to_recordset(cast({0} as jsonb)) as s (id text, released bigint, committed bigint, accrued bigint, spent bigint) where p.id = s.id
        """;

    private const string Sqlite = """
        update relief_reservation_part as p
        set released = s.value ->> 'released', committed = s.value ->> 'committed', accrued = s.value ->> 'accrued', spent = s.value ->> 'spent'
        from json_each({0}) as s where p.id = s.value ->> 'id'
        """;

    /// <summary>The shares as they are from now on; each must exist.</summary>
    public static async Task Write(ReliefDbContext context, IReadOnlyList<ReservationPart> parts, CancellationToken cancellationToken)
    {
        if (parts.Count == 0)
            return;
        var rows = JsonSerializer.Serialize(parts.Select(part => new
        {
            id = part.Id, released = Fen(part.Released), committed = Fen(part.Committed), accrued = Fen(part.Accrued), spent = Fen(part.Spent)
        }));
        var written = await context.Database.ExecuteSqlRawAsync(context.Database.IsSqlite() ? Sqlite : Postgres, [rows], cancellationToken);
        if (written != parts.Count)
            throw new InvalidOperationException($"{written} of {parts.Count} shares are there.");
    }

    private static long Fen(decimal yuan) => decimal.ToInt64(yuan * 100m);
}
