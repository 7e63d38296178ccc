namespace Relief.Flow.Tests.Host;

/// <summary>One host for the tests of the console's pages: with one definition that waits, one that stops, and the example county's staff.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private TestHost? _host;

    public TestHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _host = await TestHost.OnSqlite("Relief:SeedExample=true", "Relief:DefinitionsPath=" + Repository.At("definitions"));
        await _host.Publish(Sketches.WaitAndLook);
        await _host.Publish(Sketches.Broken);
        await _host.Publish(Sketches.Asking);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
