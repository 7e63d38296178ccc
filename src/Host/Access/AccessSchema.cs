using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Access;

/// <summary>The host's own tables: keys, users, and the sessions that were opened with them.</summary>
internal static class AccessSchema
{
    private static readonly string[] Files = ["0001-access.sql", "0002-sessions.sql", "0003-users.sql", "0004-units.sql"];

    /// <summary>Makes what is missing; runs under the store's migration lock.</summary>
    public static async Task Apply(UnitOfWork unit, CancellationToken cancellationToken)
    {
        foreach (var file in Files)
        {
            await using var stream = typeof(AccessSchema).Assembly.GetManifestResourceStream("Relief.Flow.Host.Access." + file)!;
            using var reader = new StreamReader(stream);
            await AccessSql.Run(unit, await reader.ReadToEndAsync(cancellationToken), [], cancellationToken);
        }
    }
}
