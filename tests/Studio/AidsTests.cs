using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>The pages beside the editor, used as an administrator does: from a problem to its step, from a simulation to a test that a publish runs, from one version to the next.</summary>
[Collection(StudioCollection.Name)]
public sealed class AidsTests(StudioFixture studio)
{
    [Fact]
    public async Task A_problem_leads_to_its_activity_in_the_drawing()
    {
        await studio.Draw(Sketch("problem", "审核", "Relief.Approval"));
        await using var desk = await studio.Desk();
        await desk.Open("aids/problem?tab=validation", ".aids-list .error");
        await desk.Picture("aid-validation-problem");
        await desk.Page.Locator(".aids-list .error a", new PageLocatorOptions { HasTextString = "审核" }).First.ClickAsync();

        await Expect(desk.Page.Locator(".x6-node")).ToHaveCountAsync(2);
        await Expect(desk.Board.Below.GetByText("层级", new LocatorGetByTextOptions { Exact = true }).Filter(new LocatorFilterOptions { Visible = true }).First).ToBeVisibleAsync();
        await desk.Picture("problem-in-drawing");
        await desk.IsWell();
    }

    [Fact]
    public async Task A_simulation_is_played_painted_kept_and_refuses_the_publish_that_breaks_it()
    {
        await studio.Draw(Sketch("played", "判断", "Elsa.FlowDecision"));
        await using var desk = await studio.Desk();
        var page = desk.Page;
        await desk.Open("aids/played?tab=simulation", "button.aids-main");
        await page.GetByLabel("件数", new PageGetByLabelOptions { Exact = true }).FillAsync("200");
        await page.Locator("button.aids-main").ClickAsync();
        await Expect(page.Locator(".aids-figures")).ToContainTextAsync("200");
        await Expect(page.Locator(".aids-picture img")).ToHaveJSPropertyAsync("complete", true);
        await desk.Picture("aid-simulation-played");
        await page.GetByLabel("名称").FillAsync("总会到判断");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "保存" }).ClickAsync();
        await Expect(page.Locator("td", new PageLocatorOptions { HasTextString = "总会到判断" })).ToBeVisibleAsync();
        await desk.IsWell();

        var broken = JsonElement.Parse(Sketch("played", "判断", "Elsa.FlowDecision").Replace("\"step\"", "\"other\"", StringComparison.Ordinal));
        var refused = await (await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions", Answers.Body($$"""{"model":{{broken.GetRawText()}},"publish":true}"""))).Is(HttpStatusCode.BadRequest);
        Assert.Contains("总会到判断", refused.GetProperty("errors").GetProperty("generalErrors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_versions_are_compared_in_a_drawing_and_in_a_list()
    {
        foreach (var text in new[] { "一", "二" })
            await studio.Host.Publish(Sketch("compared-drawn", "判断", "Elsa.FlowDecision").Replace("好", text, StringComparison.Ordinal));
        await using var desk = await studio.Desk();
        await desk.Open("aids/compared-drawn?tab=diff", "tbody tr");
        await Expect(desk.Page.Locator("tbody")).ToContainTextAsync("修改");
        await Expect(desk.Page.Locator(".aids-picture img")).ToHaveJSPropertyAsync("complete", true);
        await desk.Picture("aid-diff-changed");
        await desk.IsWell();
    }

    private static string Sketch(string id, string name, string type) => $$$$"""
        {"definitionId":"{{{{id}}}}","name":"{{{{id}}}}","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
          {"id":"say","name":"说明","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}},"text":{"typeName":"String","expression":{"type":"Literal","value":"好"}}},
          {"id":"step","name":"{{{{name}}}}","type":"{{{{type}}}}","version":1,"metadata":{"displayText":"{{{{name}}}}","designer":{"position":{"x":320,"y":60} } } }],
         "connections":[{"source":{"activity":"say","port":"Done"},"target":{"activity":"step","port":"In"}}]}}
        """;
}
