using System.Text.Json;
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

    public ILocator MoreButton => page.Locator(".mud-toolbar:has(button.mud-success-text) .mud-menu button").Last;

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
        await Persistence.Until(() => Click(idOrText), patience => Expect(shown).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));
    }

    /// <summary>Brings the whole drawing into sight, clicks the empty canvas, so that nothing is selected, then the activity; never a panel that lies over it.</summary>
    public async Task Click(string idOrText)
    {
        await Fit();
        var canvas = page.Locator(".x6-graph-svg").First;
        var box = (await canvas.BoundingBoxAsync())!;
        await canvas.ClickAsync(new LocatorClickOptions { Position = new Position { X = box.Width / 2, Y = box.Height - 12 }, Timeout = Persistence.First });
        await Node(idOrText).Locator(".activity-label").First.ClickAsync(new LocatorClickOptions { Timeout = Persistence.First });
    }

    /// <summary>Drags an activity out of the toolbox and waits until the drawing with it is saved.</summary>
    public async Task Drop(string activity, int x, int y)
    {
        var tool = page.Locator("[draggable=true]", new PageLocatorOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(activity)}\\s*$") }).First;
        var category = page.Locator(".mud-expand-panel").Filter(new LocatorFilterOptions { Has = tool });
        await Persistence.Until(
            async () =>
            {
                if (!await tool.IsVisibleAsync())
                    await category.Locator(".mud-expand-panel-header").ClickAsync();
            },
            patience => Expect(tool).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));
        var nodes = page.Locator(".x6-node");
        var before = await nodes.CountAsync();
        // A drag that began while the toolbox still unfolded ends nowhere: then it is done once more, as a person would.
        await SavedBy(
            () => Persistence.Until(
                async () =>
                {
                    if (await nodes.CountAsync() == before)
                        await tool.DragToAsync(page.Locator(".x6-graph, .x6-graph-svg").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = x, Y = y } });
                },
                patience => Expect(nodes).Not.ToHaveCountAsync(before, new LocatorAssertionsToHaveCountOptions { Timeout = patience })),
            model => Count(model, "activities") > before);
    }

    /// <summary>Draws a line from a port to an activity.</summary>
    public async Task Connect(string from, string port, string to)
    {
        var (x, y) = await Middle(Node(from).Locator($".x6-port-body[port-group=out][port='{port}']"));
        var (atX, atY) = await Middle(Node(to).Locator(".x6-port-body[port-group=in]"));
        var before = await page.Locator(".x6-edge").CountAsync();
        await SavedBy(
            async () =>
            {
                await page.Mouse.MoveAsync(x, y);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(x + 30, y, new MouseMoveOptions { Steps = 5 });
                await page.Mouse.MoveAsync(atX, atY, new MouseMoveOptions { Steps = 10 });
                await page.Mouse.UpAsync();
            },
            model => Count(model, "connections") > before);
    }

    /// <summary>Does something once that changes the drawing, and waits until the designer has saved a model that shows it.</summary>
    public async Task SavedBy(Func<Task> change, Func<JsonElement, bool>? shows = null)
    {
        using var saves = new Saves(page, shows);
        await change();
        await saves.One(DrawingDesk.Patience);
    }

    /// <summary>Types into a line or a box, again when the page was drawn anew under it, until a save carries the text.</summary>
    public Task Write(ILocator field, string text) => SavedWith(text, () => Enter(field, text));

    /// <summary>Types into a line or a box and leaves it.</summary>
    public static async Task Enter(ILocator field, string text)
    {
        var line = field.Locator("input:not([type=hidden]), textarea").First;
        await line.FillAsync(text);
        await line.PressAsync("Tab");
    }

    /// <summary>Publishes; told to the button itself, because an earlier note may lie over it for some seconds.</summary>
    public Task PressPublish() => PublishButton.DispatchEventAsync("click");

    /// <summary>From now on only a press on a button saves.</summary>
    public Task SaveByHand() => page.Locator(".mud-toolbar .mud-switch-input").UncheckAsync(new LocatorUncheckOptions { Force = true });

    /// <summary>Describes the definition anew and publishes it, while it is saved by hand; the designer asks whether the name is free before it takes what was typed.</summary>
    public Task PublishWith(string description)
    {
        JsonElement published = default;
        return Persistence.Until(
            async () =>
            {
                await Idle();   // an answer that is still being drawn would write over what is typed
                await page.RunAndWaitForResponseAsync(
                    () => Enter(Field(Right, "说明"), description),
                    answer => answer.Url.Contains("/validation/is-name-unique", StringComparison.Ordinal), new PageRunAndWaitForResponseOptions { Timeout = Persistence.First });
                await Idle();   // until the answer is taken
                using var saves = new Saves(page, shows: null);
                await PressPublish();
                published = await saves.One(DrawingDesk.Patience);
            },
            _ => Saves.Says(published, description) ? Task.CompletedTask : Task.FromException(new TimeoutException("Published before the description was taken.")));
    }

    /// <summary>Types entries, each ended with Enter.</summary>
    public async Task WriteList(ILocator field, params string[] entries)
    {
        var line = field.Locator("input:not([type=hidden])").First;
        foreach (var entry in entries)
        {
            await SavedWith(entry, async () =>
            {
                if (await field.GetByText(entry, new LocatorGetByTextOptions { Exact = true }).CountAsync() > 0)
                    return;
                await line.FillAsync(entry);
                await line.PressAsync("Enter");
            });
        }
    }

    /// <summary>Types into the script editor, in place of what is there.</summary>
    public Task WriteScript(ILocator field, string script) => SavedWith(script, async () =>
    {
        await field.Locator(".monaco-editor").First.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(script);
    });

    /// <summary>Chooses from a list; <paramref name="saved"/> is what a save says of it then.</summary>
    public Task Pick(ILocator field, string item, string saved) => SavedWith(saved, () => PickOnly(field, item));

    public Task PickOnly(ILocator field, string item)
    {
        var entry = page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).First;
        return Persistence.Until(
            async () =>
            {
                if (!await entry.IsVisibleAsync())
                    await field.Locator("[tabindex='0']").First.ClickAsync();
                await entry.ClickAsync(new LocatorClickOptions { Timeout = Persistence.First });
            },
            patience => Expect(entry).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = patience }));
    }

    /// <summary>Chooses in which language an input is written; the script editor is there then.</summary>
    public Task Syntax(string label, string language)
    {
        var menu = Field(Below, label).Locator("xpath=ancestor::div[contains(@class,'flex-row')][1]").Locator(".mud-menu button").First;
        return Persistence.Choose(page, menu, language, Field(Below, label).Locator(".monaco-editor").First);
    }

    /// <summary>Changes an input until a save carries this text; doing it twice must do no harm.</summary>
    public Task SavedWith(string text, Func<Task> change) => SavedWith(model => Saves.Says(model, text), change);

    /// <summary>Changes something until a save shows it; doing it twice must do no harm.</summary>
    public async Task SavedWith(Func<JsonElement, bool> shows, Func<Task> change)
    {
        using var saves = new Saves(page, shows);
        await Persistence.Until(change, saves.One);
    }

    /// <summary>Opens one of the tabs around the canvas.</summary>
    public Task Tab(string name)
    {
        var tab = page.Locator(".mud-tab", new PageLocatorOptions { HasTextRegex = new Regex($"^\\s*{name}\\s*\\d*\\s*$") }).Last;
        // Told to the tab itself: in a narrow panel its neighbours lie over it until the bar is scrolled.
        return Persistence.Until(
            () => tab.DispatchEventAsync("click"),
            patience => Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"), new LocatorAssertionsToHaveClassOptions { Timeout = patience }));
    }

    private Task Idle() => page.EvaluateAsync("() => new Promise(done => setTimeout(() => requestIdleCallback(done), 150))");

    private static int Count(JsonElement model, string list) =>
        model.GetProperty("root").TryGetProperty(list, out var entries) && entries.ValueKind == JsonValueKind.Array ? entries.GetArrayLength() : 0;

    private static async Task<(float X, float Y)> Middle(ILocator place)
    {
        var box = (await place.First.BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }
}
