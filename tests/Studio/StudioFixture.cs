using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;

namespace Relief.Flow.Tests.Studio;

/// <summary>A running host with the committed definitions, and a browser. Real designer, real HTTP.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    private TestHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public TestHost Host => _host!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.OnSqlite("Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true");
        _playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        _browser = await Chromium.Start(_playwright);
    }

    /// <summary>A browser of its own, signed in with an administrator's key; closed with the returned desk.</summary>
    public async Task<DrawingDesk> SignIn(string language = "zh")
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = Host.Address.ToString(), ViewportSize = new ViewportSize { Width = 1500, Height = 950 }, Locale = "zh-CN" });
        await context.AddCookiesAsync([new Cookie { Name = "relief-language", Value = language, Url = Host.Address.ToString() }]);
        var desk = new DrawingDesk(await context.NewPageAsync());
        await desk.SignIn(TestHost.AdminKey);
        return desk;
    }

    public async Task DisposeAsync()
    {
        await _browser!.CloseAsync();
        _playwright!.Dispose();
        await Host.DisposeAsync();
    }
}
