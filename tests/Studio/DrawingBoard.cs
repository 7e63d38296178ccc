using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>The designer's canvas, toolbox and panels, used with the mouse and the keyboard as people do.</summary>
public sealed class DrawingBoard(IPage page)
{
    /// <summary>The panel below the canvas: inputs, outputs and more of the selected activity.</summary>
    public ILocator Below => page.Locator(".mud-tabs-panels").Nth(2);

    /// <summary>The panel at the right: properties, variables, inputs and outputs, versions of the definition.</summary>
    public ILocator Right => page.Locator(".mud-tabs-panels").Nth(3);

    public ILocator PublishButton => page.Locator(".mud-toolbar button.mud-primary-text").First;

    public ILocator MoreButton => page.Locator(".mud-toolbar .mud-menu button").Last;

    public ILocator RunButton => page.Locator(".mud-toolbar button.mud-success-text");

    public ILocator Node(string idOrText) => page.Locator($".x6-node[data-cell-id='{idOrText}'], .x6-node:has-text('{idOrText}')").First;

    /// <summary>The field with this label, in the panel.</summary>
    public static ILocator Field(ILocator panel, string label) => panel.Locator($".mud-input-control:has(legend:text-is('{label}'))").Last;

    /// <summary>Brings the whole drawing into sight: a drawing may open with a part of it outside.</summary>
    public Task Fit() => page.Locator(".mud-toolbar button.mud-icon-button").First.ClickAsync();

    /// <summary>Clicks an activity until its inputs are shown; a drawing that still moves lets a click pass by.</summary>
    public async Task Select(string idOrText, string inputLabel)
    {
        var shown = Below.GetByText(inputLabel, new LocatorGetByTextOptions { Exact = true }).Filter(new LocatorFilterOptions { Visible = true }).First;
        for (var tries = 0; ; tries++)
        {
            await Click(idOrText);
            try
            {
                await Expect(shown).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 8000 });
                return;
            }
            catch (PlaywrightException) when (tries < 4)
            {
            }
        }
    }

    /// <summary>Clicks the empty canvas, so that nothing is selected, then the activity.</summary>
    public async Task Click(string idOrText)
    {
        var canvas = (await page.Locator(".x6-graph-svg").First.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(canvas.X + canvas.Width / 2, canvas.Y + canvas.Height - 12);
        var (x, y) = await Middle(Node(idOrText).Locator(".activity-label"));
        await page.Mouse.ClickAsync(x, y);
    }

    /// <summary>Drags an activity out of the toolbox and waits until the drawing with it is saved.</summary>
    public async Task Drop(string activity, int x, int y)
    {
        var tool = page.Locator("[draggable=true]", new PageLocatorOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(activity)}\\s*$") }).First;
        var category = page.Locator(".mud-expand-panel").Filter(new LocatorFilterOptions { Has = tool });
        if (!await tool.IsVisibleAsync())
            await category.Locator(".mud-expand-panel-header").ClickAsync();
        await SavedBy(() => tool.DragToAsync(page.Locator(".x6-graph, .x6-graph-svg").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = x, Y = y } }));
    }

    /// <summary>Draws a line from a port to an activity.</summary>
    public async Task Connect(string from, string port, string to)
    {
        var (x, y) = await Middle(Node(from).Locator($".x6-port-body[port-group=out][port='{port}']"));
        var (atX, atY) = await Middle(Node(to).Locator(".x6-port-body[port-group=in]"));
        await SavedBy(async () =>
        {
            await page.Mouse.MoveAsync(x, y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(x + 30, y, new MouseMoveOptions { Steps = 5 });
            await page.Mouse.MoveAsync(atX, atY, new MouseMoveOptions { Steps = 10 });
            await page.Mouse.UpAsync();
        });
    }

    /// <summary>Does something that changes the drawing, and waits until the designer has saved it.</summary>
    public async Task SavedBy(Func<Task> change)
    {
        var answer = await page.RunAndWaitForResponseAsync(change, IsSave);
        Assert.True(answer.Ok, await answer.TextAsync());
        await answer.FinishedAsync();
    }

    /// <summary>Types into a line or a box.</summary>
    public Task Write(ILocator field, string text) => SavedBy(async () =>
    {
        var line = field.Locator("input:not([type=hidden]), textarea").First;
        await line.FillAsync(text);
        await line.PressAsync("Tab");
    });

    /// <summary>Types entries, each ended with Enter.</summary>
    public async Task WriteList(ILocator field, params string[] entries)
    {
        var line = field.Locator("input:not([type=hidden])").First;
        foreach (var entry in entries)
        {
            await SavedBy(async () =>
            {
                await line.FillAsync(entry);
                await line.PressAsync("Enter");
            });
        }
    }

    /// <summary>Types into the script editor, in place of what is there.</summary>
    public Task WriteScript(ILocator field, string script) => SavedBy(async () =>
    {
        await field.Locator(".monaco-editor").First.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(script);
    });

    public Task Pick(ILocator field, string item) => SavedBy(() => PickOnly(field, item));

    public async Task PickOnly(ILocator field, string item)
    {
        await field.Locator("[tabindex='0']").First.ClickAsync();
        await page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).First.ClickAsync();
    }

    /// <summary>Chooses in which language an input is written.</summary>
    public async Task Syntax(string label, string language)
    {
        await Field(Below, label).Locator("xpath=ancestor::div[contains(@class,'flex-row')][1]").Locator(".mud-menu button").First.ClickAsync();
        await page.Locator(".mud-popover-open").GetByText(language, new LocatorGetByTextOptions { Exact = true }).First.ClickAsync();
    }

    // Told to the tab itself: in a narrow panel its neighbours lie over it until the bar is scrolled.
    public Task Tab(string name) => page.Locator(".mud-tab", new PageLocatorOptions { HasTextRegex = new Regex($"^\\s*{name}\\s*\\d*\\s*$") }).Last.DispatchEventAsync("click");

    private static bool IsSave(IResponse answer) => answer.Request.Method == "POST" && answer.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal);

    private static async Task<(float X, float Y)> Middle(ILocator place)
    {
        var box = (await place.First.BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }
}
