namespace Relief.Flow.Tests.Storage;

/// <summary>The shared server, started before the first test of the collection. It ends with the test process, not with the collection.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? server;

    public PostgresServer Server => server ?? throw new InvalidOperationException("The collection has not begun.");

    public async Task InitializeAsync() => server = await PostgresServer.Shared;

    public Task DisposeAsync() => Task.CompletedTask;
}
