using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Our own frame around the designer: usable by everyone, in the language that was chosen.</summary>
[Collection(StudioCollection.Name)]
public sealed class FrameTests(StudioFixture studio)
{
    [Fact]
    public async Task The_door_and_a_refused_key_have_no_serious_barrier()
    {
        await using var desk = await studio.Stranger();
        await desk.Open("", "#key");
        await desk.Picture("sign-in");
        await HasNoBarrier(desk.Page, "body");
        await desk.Page.Locator("#key").FillAsync("wrong");
        await desk.Page.Locator("form[action$='sign-in'] button").ClickAsync();
        await Expect(desk.Page.Locator("[role=alert]")).ToContainTextAsync("密钥无效");
        await HasNoBarrier(desk.Page, "body");
    }

    [Theory]
    [InlineData("validation")]
    [InlineData("simulation")]
    [InlineData("diff")]
    [InlineData("picture")]
    public async Task The_pages_beside_the_editor_have_no_serious_barrier(string tab)
    {
        await using var desk = await studio.Desk();
        await desk.Open("aids/procedure.archive?tab=" + tab, "h1");
        await desk.Picture("aid-" + tab);
        await HasNoBarrier(desk.Page, "body");
        await desk.IsWell();
    }

    [Fact]
    public async Task The_bar_has_no_serious_barrier_and_in_English_nothing_of_it_and_of_the_designer_is_Chinese()
    {
        await using var desk = await studio.Desk("en");
        await desk.Open("workflows/definitions", "td:has-text('procedure.archive')");
        await Expect(desk.Page.GetByText("Create Workflow", new PageGetByTextOptions { Exact = false })).ToBeVisibleAsync();
        await HasNoBarrier(desk.Page, ".frame-bar");
        var bar = await desk.Page.Locator(".frame-bar").EvaluateAsync<string>("bar => { bar.querySelector('[lang=zh]').remove(); return bar.innerText; }");
        Assert.DoesNotContain(bar, letter => letter is >= '\u4e00' and <= '\u9fff');

        await desk.Open("workflows/definitions/procedure.archive/edit", ".x6-node");
        await HasNoBarrier(desk.Page, ".frame-bar");
        var toolbox = await desk.Page.Locator(".mud-tabs-panels").First.EvaluateAsync<string>("box => box.textContent");
        Assert.DoesNotContain(toolbox, letter => letter is >= '\u4e00' and <= '\u9fff');
        Assert.True(await desk.Page.Locator("#blazor-error-ui").IsHiddenAsync());
    }

    private static async Task HasNoBarrier(IPage page, string within)
    {
        var found = await page.RunAxe(new AxeRunContext { Include = [new AxeSelector(within)] });
        Assert.Empty(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {violation.Help} {violation.Nodes[0].Html}"));
    }
}
