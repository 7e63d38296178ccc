using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Access;

/// <summary>The host's own table: keys.</summary>
internal static class AccessSchema
{
    /// <summary>Makes what is missing; runs under the store's migration lock.</summary>
    public static async Task Apply(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var stream = typeof(AccessSchema).Assembly.GetManifestResourceStream("Relief.Flow.Host.Access.0001-access.sql")!;
        using var reader = new StreamReader(stream);
        await using var command = unit.Connection.CreateCommand();
        command.CommandText = await reader.ReadToEndAsync(cancellationToken);
        command.Transaction = unit.Transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
