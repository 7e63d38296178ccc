using Npgsql;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The example county with every definition published, opened once for each database and copied for each test: publishing thirty definitions takes seconds, a copy does not.</summary>
internal static class CountyTemplate
{
    private static readonly Lazy<Task<string>> File = new(MakeFile);
    private static readonly Lazy<Task<string>> Database = new(MakeDatabase);

    /// <summary>What every host of the county is started with; its clock stands at 5 January 2026.</summary>
    public static string[] Settings { get; } =
    [
        "Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32]),
        $"Relief:Clock:StartAt={ReliefDesk.On(1, 5):O}"
    ];

    /// <summary>A host on a copy of its own.</summary>
    public static async Task<TestHost> Open(StorageKind kind, params string[] settings) => kind == StorageKind.Sqlite
        ? await TestHost.OnCopy(await File.Value, [.. Settings, .. settings])
        : await TestHost.OnPostgres(await (await PostgresServer.Shared).CopyOf(await Database.Value), [.. Settings, .. settings]);

    private static async Task<string> MakeFile()
    {
        await using var host = await TestHost.OnSqlite(Settings);
        return await host.Copy();
    }

    private static async Task<string> MakeDatabase()
    {
        // Without a pool: nobody may be connected to what is copied.
        var database = new NpgsqlConnectionStringBuilder(await (await PostgresServer.Shared).NewDatabase()) { Pooling = false };
        await using (await TestHost.OnPostgres(database.ConnectionString, Settings))
            return database.Database!;
    }
}
