using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Storage;

/// <summary>A SQLite file in a folder of its own, removed with everything beside it.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relief-flow-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(folder, "flow.db");

    /// <summary>A store on it, open.</summary>
    public async Task<IFlowStore> Open(TimeProvider? time = null)
    {
        var store = New(time);
        await store.Open(null, default);
        return store;
    }

    public SqliteStore New(TimeProvider? time = null) => new(new SqliteStoreOptions { Path = Path }, time ?? TimeProvider.System);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
