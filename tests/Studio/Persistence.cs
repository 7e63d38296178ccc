using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Does again what a busy page did not take, until it shows that it has; a click may fall between two drawings of the page.</summary>
internal static class Persistence
{
    /// <summary>How long the first try may take to show, in milliseconds; each further one may take twice as long.</summary>
    public const int First = 10_000;

    private const int Tries = 4;

    /// <param name="act">Must do no harm when it is done again.</param>
    /// <param name="shows">Waits for the proof, at most so many milliseconds; throws when there is none.</param>
    public static async Task Until(Func<Task> act, Func<int, Task> shows)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await act();
                await shows(First << (tries - 1));
                return;
            }
            catch (Exception late) when (late is PlaywrightException or TimeoutException && tries < Tries)
            {
            }
        }
    }

    /// <summary>Opens a menu and chooses from it, until this is seen.</summary>
    public static Task Choose(IPage page, ILocator menu, string item, ILocator sign) =>
        Until(() => ChooseOnce(page, menu, item), patience => Expect(sign).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));

    public static async Task ChooseOnce(IPage page, ILocator menu, string item)
    {
        var entry = page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).First;
        if (!await entry.IsVisibleAsync())
            await menu.ClickAsync(new LocatorClickOptions { Timeout = First });
        await entry.ClickAsync(new LocatorClickOptions { Timeout = First });
    }
}
