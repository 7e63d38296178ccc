using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>What can be reached in the designer beside the way of a drawing: every panel, drawings inside of drawings, definitions as activities, files that are refused.</summary>
[Collection(StudioCollection.Name)]
public sealed class PanelTests(StudioFixture studio)
{
    private const string Nested = """
        {"definitionId":"nested","name":"嵌套","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
          {"id":"say","name":"说明","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}},"text":{"typeName":"String","expression":{"type":"Literal","value":"好"}}},
          {"id":"inner","name":"里面","type":"Elsa.Flowchart","version":1,"metadata":{"designer":{"position":{"x":320,"y":60}}},"activities":[
            {"id":"first","name":"甲","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}}},
            {"id":"second","name":"乙","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":320,"y":60}}}},
            {"id":"third","name":"丙","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":580,"y":60}}}}],
           "connections":[{"source":{"activity":"first","port":"Done"},"target":{"activity":"second","port":"In"}},{"source":{"activity":"second","port":"Done"},"target":{"activity":"third","port":"In"}}]}],
         "connections":[{"source":{"activity":"say","port":"Done"},"target":{"activity":"inner","port":"In"}}]}}
        """;

    [Fact]
    public async Task Every_panel_of_the_editor_opens_and_speaks_Chinese()
    {
        await studio.Draw(Nested.Replace("nested", "panels", StringComparison.Ordinal));
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("panels", 2);
        await desk.Board.MoreButton.ClickAsync();
        await Expect(desk.Page.Locator(".mud-popover-open").First).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Board.Select("say", "文本");
        var tabs = desk.Page.Locator(".mud-tab").Filter(new LocatorFilterOptions { Visible = true });
        Assert.True(await tabs.CountAsync() > 6, "the panels are not there");
        for (var at = 0; at < await tabs.CountAsync(); at++)
        {
            var tab = tabs.Nth(at);
            await Persistence.Until(
                () => tab.DispatchEventAsync("click"),
                patience => Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"), new LocatorAssertionsToHaveClassOptions { Timeout = patience }));
        }

        await desk.Picture("panels");
        await desk.IsWell();
    }

    [Fact]
    public async Task A_drawing_inside_of_a_drawing_is_opened_changed_and_saved_in_its_place()
    {
        await studio.Draw(Nested);
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("nested", 2);
        await Persistence.Until(
            () => desk.Board.Node("inner").Locator(".activity-label").DblClickAsync(new LocatorDblClickOptions { Force = true, Timeout = Persistence.First }),
            patience => Expect(desk.Page.Locator(".x6-node")).ToHaveCountAsync(3, new LocatorAssertionsToHaveCountOptions { Timeout = patience }));
        await desk.Picture("nested");
        await desk.Board.Select("second", "文本");
        await desk.Board.Write(DrawingBoard.Field(desk.Board.Below, "文本"), "里面改过");

        await desk.IsWell();
        var root = (await studio.Saved("nested")).GetProperty("root").GetProperty("activities").EnumerateArray().ToDictionary(activity => activity.Text("id")!);
        Assert.Equal(["inner", "say"], root.Keys.Order());
        var inside = root["inner"].GetProperty("activities").EnumerateArray().ToDictionary(activity => activity.Text("id")!);
        Assert.Equal(["first", "second", "third"], inside.Keys.Order());
        Assert.Equal("里面改过", inside["second"].GetProperty("text").GetProperty("expression").Text("value"));
        Assert.Equal(2, root["inner"].GetProperty("connections").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_is_refused_is_told_and_the_designer_lives()
    {
        await using var desk = await studio.Desk();
        await desk.Open("workflows/definitions", "td:has-text('个案主流程')");
        var path = Path.Combine(Repository.At("artifacts", "studio"), "refused.json");
        await File.WriteAllTextAsync(path, """{"id":"x","definitionId":"refused","name":"坏文件","root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[{"id":"a","type":"Elsa.WriteLine"},{"id":"a","type":"Elsa.WriteLine"}]}}""");
        var chooser = await desk.Page.RunAndWaitForFileChooserAsync(() => Persistence.ChooseOnce(desk.Page, desk.Page.Locator(".mud-table-toolbar .mud-menu button").Last, "导入"));
        await desk.Page.RunAndWaitForResponseAsync(() => chooser.SetFilesAsync(path), answer => answer.Url.EndsWith("/workflow-definitions/import", StringComparison.Ordinal) && !answer.Ok);

        await desk.Tells("重复使用");
        await desk.Picture("import-refused");
        await desk.WasRefused(400);
        await Expect(desk.Page.Locator("td:has-text('个案主流程')").First).ToBeVisibleAsync();
    }
}
