using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>An administrator at the designer: what they do there, and what went wrong in the page meanwhile.</summary>
public sealed class DrawingDesk : IAsyncDisposable
{
    /// <summary>How long anything may take on a busy machine, in milliseconds.</summary>
    public const int Patience = 60_000;

    private readonly ConcurrentQueue<string> _broken = new();

    public DrawingDesk(IPage page)
    {
        Page = page;
        Board = new DrawingBoard(page);
        page.PageError += (_, error) => _broken.Enqueue(error);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400 && answer.Url.Contains("/elsa/", StringComparison.Ordinal))
                _broken.Enqueue($"{answer.Status} {answer.Request.Method} {answer.Url}");
        };
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                _broken.Enqueue(line.Text);
        };
        page.SetDefaultTimeout(Patience);
    }

    public IPage Page { get; }

    /// <summary>The canvas and the panels around it, while a definition is open.</summary>
    public DrawingBoard Board { get; }

    public async Task SignIn(string key)
    {
        await Page.GotoAsync("/studio");
        await Page.Locator("#key").FillAsync(key);
        await Page.Locator("form[action$='sign-in'] button").ClickAsync();
        await Page.WaitForURLAsync("**/studio/workflows/definitions");
    }

    /// <summary>Opens a page of the designer and waits until it shows what it is about.</summary>
    public async Task Open(string path, string sign)
    {
        await Page.GotoAsync("/studio/" + path);
        await Expect(Page.Locator(sign).First).ToBeVisibleAsync();
    }

    /// <summary>Opens a definition and waits until its drawing is there and complete.</summary>
    public async Task OpenDrawing(string definitionId, int activities)
    {
        await Page.GotoAsync($"/studio/workflows/definitions/{definitionId}/edit");
        await Expect(Page.Locator(".x6-node")).ToHaveCountAsync(activities);
        await Board.Fit();
    }

    /// <summary>The definition's row in the list.</summary>
    public async Task<ILocator> Find(string definitionId)
    {
        var row = Page.Locator("tr", new PageLocatorOptions { HasTextString = definitionId });
        await Open("workflows/definitions?search=" + definitionId, $"td:has-text('{definitionId}')");
        return row.First;
    }

    /// <summary>Opens a menu and chooses from it.</summary>
    public async Task Choose(ILocator menu, string item)
    {
        await menu.ClickAsync();
        await Page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).First.ClickAsync();
    }

    /// <summary>Answers the question that the designer asks.</summary>
    public Task Answer(string button) => Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    /// <summary>The designer says this, in one of the notes at the page's edge.</summary>
    public Task Tells(string text) => Expect(Page.Locator(".mud-snackbar, #notes p").Filter(new LocatorFilterOptions { HasTextString = text }).First).ToBeVisibleAsync();

    /// <summary>Keeps a picture for people to look at, in <c>artifacts/studio</c>.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.At("artifacts", "studio"), name + ".png") });

    /// <summary>The designer is alive, nothing went wrong, and nothing was left in English.</summary>
    public async Task IsWell()
    {
        Assert.True(await Page.Locator("#blazor-error-ui").IsHiddenAsync(), string.Join("\n", _broken));
        Assert.Empty(_broken);
        Assert.Empty(await Untranslated());
    }

    /// <summary>What went wrong was meant to: it was this refusal and nothing else, and the page lives.</summary>
    public async Task WasRefused(int status)
    {
        Assert.True(await Page.Locator("#blazor-error-ui").IsHiddenAsync(), string.Join("\n", _broken));
        Assert.NotEmpty(_broken);
        Assert.All(_broken, line => Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), line, StringComparison.Ordinal));
        _broken.Clear();
    }

    /// <summary>The designer's own texts that the Chinese overlay met and does not know.</summary>
    public Task<string[]> Untranslated() => Page.EvaluateAsync<string[]>("() => window.reliefOverlay ? [...window.reliefOverlay.missing] : []");

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
