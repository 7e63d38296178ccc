using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>An administrator at the designer: what they do there, and what went wrong in the page meanwhile.</summary>
public sealed class DrawingDesk : IAsyncDisposable
{
    /// <summary>How long anything may take on a busy machine, in milliseconds.</summary>
    public const int Patience = 120_000;

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

    public ILocator Dialog => Page.Locator(".mud-dialog");

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

    /// <summary>Puts another definition into the open editor, without loading the designer anew, and waits until it is drawn completely.</summary>
    public async Task TurnTo(string definitionId, string name, int activities, int lines)
    {
        await Page.Locator("elsa-workflow-definition-editor").EvaluateAsync("(editor, id) => editor.setAttribute('definition-id', id)", definitionId);
        // All of it is looked for in the page itself: three questions one after the other take seconds each time.
        await Page.WaitForFunctionAsync("""
            ([name, activities, lines]) => document.querySelectorAll('.x6-node').length === activities && document.querySelectorAll('.x6-edge').length === lines
                && [...document.querySelectorAll('legend')].some(label => label.textContent === '名称' && label.closest('.mud-input-control').querySelector('input')?.value === name)
            """, new object[] { name, activities, lines }, new PageWaitForFunctionOptions { PollingInterval = 50 });
    }

    /// <summary>The definition's row in the list.</summary>
    public async Task<ILocator> Find(string definitionId)
    {
        var row = Page.Locator("tr", new PageLocatorOptions { HasTextString = definitionId });
        await Open("workflows/definitions?search=" + definitionId, $"td:has-text('{definitionId}')");
        return row.First;
    }

    /// <summary>Opens a menu and chooses from it, until this is seen.</summary>
    public Task Choose(ILocator menu, string item, ILocator sign) => Persistence.Choose(Page, menu, item, sign);

    /// <summary>Opens a menu, chooses from it what asks a question, and answers it.</summary>
    public async Task Choose(ILocator menu, string item, string answer)
    {
        await Choose(menu, item, Dialog);
        await Answer(answer);
    }

    /// <summary>Does something until the designer has asked the server for this, and was answered well; doing it twice must do no harm.</summary>
    public async Task Asks(string call, Func<Task> act)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Seen(object? sender, IResponse answer)
        {
            if (answer.Ok && answer.Url.Contains(call, StringComparison.Ordinal))
                answered.TrySetResult();
        }

        Page.Response += Seen;
        try
        {
            await Persistence.Until(act, patience => answered.Task.WaitAsync(TimeSpan.FromMilliseconds(patience)));
        }
        finally
        {
            Page.Response -= Seen;
        }
    }

    /// <summary>Ticks the box over a list, until so many rows are chosen.</summary>
    public Task ChooseAllRows(int rows) => Persistence.Until(
        () => Page.Locator("thead input[type=checkbox]").First.CheckAsync(),
        patience => Expect(Page.Locator("tbody input[type=checkbox]:checked")).ToHaveCountAsync(rows, new LocatorAssertionsToHaveCountOptions { Timeout = patience }));

    /// <summary>Types over the name that the open dialog suggests; the suggestion comes late, and over whatever was typed before.</summary>
    public async Task Name(string name)
    {
        var line = DrawingBoard.Field(Dialog, "名称").Locator("input");
        await Expect(line).Not.ToHaveValueAsync("");
        await Persistence.Until(
            async () =>
            {
                await line.FillAsync(name);
                await line.PressAsync("Tab");
            },
            patience => Expect(line).ToHaveValueAsync(name, new LocatorAssertionsToHaveValueOptions { Timeout = patience }));
    }

    /// <summary>Opens a dialog by a button.</summary>
    public Task Ask(ILocator button) => Persistence.Until(
        async () =>
        {
            if (!await Dialog.IsVisibleAsync())
                await button.ClickAsync(new LocatorClickOptions { Timeout = Persistence.First });
        },
        patience => Expect(Dialog).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));

    /// <summary>Answers the question that the designer asks, which goes with it.</summary>
    public Task Answer(string button) => Persistence.Until(
        async () =>
        {
            if (await Dialog.CountAsync() > 0)
                await Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).ClickAsync(new LocatorClickOptions { Timeout = Persistence.First });
        },
        patience => Expect(Dialog).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = patience }));

    /// <summary>The designer says this, in one of the notes at the page's edge.</summary>
    public Task Tells(string text) => Expect(Page.Locator(".mud-snackbar, #notes p").Filter(new LocatorFilterOptions { HasTextString = text }).First).ToBeVisibleAsync();

    /// <summary>Publishes what is drawn, and is told so.</summary>
    public async Task Publish()
    {
        await Board.SavedBy(Board.PressPublish);
        await Tells("流程已发布");
    }

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
