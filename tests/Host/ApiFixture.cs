namespace Relief.Flow.Tests.Host;

/// <summary>One host for a class of tests that only add to it.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private TestHost? _host;

    public TestHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _host = await TestHost.OnSqlite("Relief:MaxRequestBytes=20000");
        await _host.Publish(Sketches.WaitAndLook);
        await _host.Publish(Sketches.Straight);
        await _host.Publish(Sketches.ThreeDays);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
