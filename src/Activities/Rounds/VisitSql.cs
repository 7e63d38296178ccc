using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Rounds;

/// <summary>The set-based statements of a round, in either dialect: a month of visits is never read into memory.</summary>
internal static class VisitSql
{
    private const int Elderly = 60;

    private const string OnDibao = """
        exists (select 1 from relief.relief_identity i where i.person_id = p.id and i.category = 'Dibao' and i.valid_from <= {6} and (i.valid_to is null or i.valid_to >= {6}))
        """;

    // Elderly people who live alone, whom nobody cares for, or who cannot look after themselves.
    private const string InDifficulty = """
        exists (select 1 from relief.person_condition c where c.person_id = p.id and (c.valid_to is null or c.valid_to >= {6})
          and (c.kind in ('LivingAlone', 'NoCarer', 'SelfCare') or c.kind = 'Disability' and c.level <= 2))
        """;

    private static readonly string Generation = Text("generate-visits.sql");
    private static readonly string Closing = Text("close-visits.sql");

    /// <summary>Writes the next visits of one number; how many.</summary>
    public static Task<int> Generate(ReliefDbContext context, VisitRound round, (int Slot, int Most) part, (DateTimeOffset Now, DateOnly Today) at, CancellationToken cancellationToken)
    {
        var isElderly = round.Duty == VisitDuty.Elderly;
        var bornUntil = isElderly ? round.StartsOn.AddYears(-Elderly) : at.Today;
        object now = context.Database.IsSqlite() ? at.Now.ToUnixTimeMilliseconds() : at.Now.ToUniversalTime();
        return Run(context, Generation.Replace("/*concerned*/", isElderly ? InDifficulty : OnDibao, StringComparison.Ordinal),
            [round.Id, round.CountyCode, round.Duty.ToString(), part.Slot, now, round.DueOf(part.Slot), at.Today, bornUntil, part.Most], cancellationToken);
    }

    /// <summary>Ends the next open visits of a round that is over; how many.</summary>
    public static Task<int> Close(ReliefDbContext context, VisitRound round, int most, CancellationToken cancellationToken) =>
        Run(context, Closing, [round.Id, round.EndsOn, most], cancellationToken);

    private static Task<int> Run(ReliefDbContext context, string sql, object[] values, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(context.Database.IsSqlite() ? sql.Replace("relief.", "relief_", StringComparison.Ordinal) : sql, values, cancellationToken);

    private static string Text(string name)
    {
        using var file = typeof(VisitSql).Assembly.GetManifestResourceStream($"Relief.Flow.Activities.Rounds.{name}")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
