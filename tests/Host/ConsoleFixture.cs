namespace Relief.Flow.Tests.Host;

/// <summary>One host for the tests of the console's pages: with one definition that waits, one that stops, and the example county's staff.</summary>
/// <remarks>Each class has a copy of its own of what one host was filled with: publishing every definition takes seconds, a copy does not.</remarks>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private static readonly string[] Settings =
        ["Relief:SeedExample=true", "Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32])];

    private static readonly Lazy<Task<string>> Filled = new(Fill);

    private TestHost? _host;

    public TestHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => _host = await TestHost.OnCopy(await Filled.Value, Settings);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private static async Task<string> Fill()
    {
        await using var host = await TestHost.OnSqlite(Settings);
        await host.Publish(Sketches.WaitAndLook);
        await host.Publish(Sketches.Broken);
        await host.Publish(Sketches.Asking);
        return await host.Copy();
    }
}
