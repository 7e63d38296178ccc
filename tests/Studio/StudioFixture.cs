using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Studio;

/// <summary>A running host with the committed definitions, and a browser with a signed-in administrator. Real designer, real HTTP.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    private TestHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _context;

    public TestHost Host => _host!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.OnSqlite("Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true");
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Start(_playwright);
        Assertions.SetDefaultExpectTimeout(DrawingDesk.Patience);
        _context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(), ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai", AcceptDownloads = true
        });
        await using var desk = new DrawingDesk(await _context.NewPageAsync());
        await desk.SignIn(TestHost.AdminKey);
    }

    /// <summary>A page of the signed-in browser, closed with the returned desk.</summary>
    public async Task<DrawingDesk> Desk(string language = "zh")
    {
        var context = _context!;
        await context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = "relief-language", Value = language, Url = Host.Address.ToString() }]);
        return new DrawingDesk(await context.NewPageAsync());
    }

    /// <summary>A page of a browser that nobody has signed in with.</summary>
    public async Task<DrawingDesk> Stranger() =>
        new(await _browser!.NewPageAsync(new BrowserNewPageOptions { BaseURL = Host.Address.ToString(), Locale = "zh-CN" }));

    /// <summary>A page of a browser of its own, signed in with a key at another host's console.</summary>
    public async Task<DrawingDesk> DeskAt(TestHost host, string key)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Address.ToString(), ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai"
        });
        var desk = new DrawingDesk(await context.NewPageAsync());
        await desk.Page.GotoAsync("/console/stuck");
        await desk.Page.Locator("#key").FillAsync(key);
        await desk.Page.Locator("form[action$='sign-in'] button").ClickAsync();
        await desk.Page.WaitForURLAsync("**/console/stuck");
        return desk;
    }

    /// <summary>What is saved of a definition, read by the designer's own call.</summary>
    public async Task<JsonElement> Saved(string definitionId) =>
        await (await Host.Client.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest")).Is(HttpStatusCode.OK);

    /// <summary>Saves a drawing by the designer's own call.</summary>
    public async Task Draw(string model) =>
        await (await Host.Client.PostAsync("/elsa/api/workflow-definitions", Answers.Body($$"""{"model":{{model}},"publish":false}"""))).Is(HttpStatusCode.OK);

    public async Task DisposeAsync()
    {
        await _browser!.CloseAsync();
        _playwright!.Dispose();
        await Host.DisposeAsync();
    }
}
