using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Storage;

/// <summary>Statements after which nothing can be written into a table any more, and with which it can again.</summary>
internal static class FullDisk
{
    /// <param name="kind">The database.</param>
    /// <param name="engine">A table of the engine, such as <c>instance</c>; null for one of the records.</param>
    /// <param name="records">A table of the records, such as <c>alert</c>.</param>
    public static (string Breaks, string Mends) Of(StorageKind kind, string? engine = null, string? records = null)
    {
        if (kind == StorageKind.Sqlite)
            return ($"create trigger disk_full before insert on {engine ?? "relief_" + records} begin select raise(abort, 'the disk is full'); end", "drop trigger disk_full");
        var table = engine is null ? "relief." + records : "flow." + engine;
        return ("create or replace function disk_full() returns trigger language plpgsql as 'begin raise exception $$the disk is full$$; end';"
            + $"create trigger disk_full before insert on {table} for each row execute function disk_full()", "drop trigger disk_full on " + table);
    }
}
