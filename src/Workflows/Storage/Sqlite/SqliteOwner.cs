namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>The right to run the engine on a file: a lock of the operating system on <c>&lt;file&gt;.owner</c>, gone with the process however it ends.</summary>
internal sealed class SqliteOwner : IDisposable
{
    private readonly FileStream held;

    private SqliteOwner(FileStream held) => this.held = held;

    /// <exception cref="InvalidOperationException">Another engine runs on the file.</exception>
    public static SqliteOwner Take(string path)
    {
        try
        {
            return new SqliteOwner(new FileStream(path + ".owner", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException refused) when (refused is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new InvalidOperationException(
                $"Another process runs the engine on {path}. A SQLite file has one engine at a time: stop the other one, or use PostgreSQL for several nodes.", refused);
        }
    }

    // The file stays: deleting it would let two others lock two different files of that name.
    public void Dispose() => held.Dispose();
}
