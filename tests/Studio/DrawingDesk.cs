using Microsoft.Playwright;

namespace Relief.Flow.Tests.Studio;

/// <summary>An administrator at the designer: what they do there, and what went wrong in the page meanwhile.</summary>
public sealed class DrawingDesk : IAsyncDisposable
{
    private readonly List<string> _broken = [];

    public DrawingDesk(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _broken.Add(error);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400 && answer.Url.Contains("/elsa/", StringComparison.Ordinal))
                _broken.Add($"{answer.Status} {answer.Request.Method} {answer.Url}");
        };
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                _broken.Add(line.Text);
        };
        page.SetDefaultTimeout(60_000);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, refused calls and lines that the browser calls errors.</summary>
    public IReadOnlyList<string> Broken => _broken;

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
        await Page.Locator(sign).First.WaitForAsync();
    }

    /// <summary>Keeps a picture for people to look at, in <c>artifacts/studio</c>.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.At("artifacts/studio"), name + ".png") });

    /// <summary>The designer is alive and nothing went wrong.</summary>
    public async Task IsWell()
    {
        Assert.True(await Page.Locator("#blazor-error-ui").IsHiddenAsync(), string.Join("\n", _broken));
        Assert.Empty(_broken);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
