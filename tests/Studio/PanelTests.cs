using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>What can be reached in the designer beside the way of a drawing: every panel, and files that are refused.</summary>
[Collection(StudioCollection.Name)]
public sealed class PanelTests(StudioFixture studio)
{
    // One activity with ports inside of it whose names are the designer's own, one with a case that somebody named; published, it runs into an incident.
    private const string Panels = """
        {"definitionId":"panels","name":"面板","version":1,"outcomes":["通过"],
         "variables":[{"id":"v1","name":"answer","typeName":"String","isArray":false,"storageDriverTypeName":"WorkflowInstanceStorageDriver"}],
         "inputs":[{"name":"caseId","type":"String","displayName":"个案","category":"Primitives","uiHint":"singleline"}],
         "outputs":[{"name":"result","type":"String","displayName":"结果","category":"Primitives"}],
         "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
          {"id":"say","name":"说明","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}},"text":{"typeName":"String","expression":{"type":"Literal","value":"好"}}},
          {"id":"stop","name":"故障","type":"Elsa.Fault","version":1,"metadata":{"designer":{"position":{"x":320,"y":60}}},"message":{"typeName":"String","expression":{"type":"Literal","value":"到此为止"}}},
          {"id":"call","name":"调用","type":"Elsa.SendHttpRequest","version":1,"metadata":{"designer":{"position":{"x":60,"y":220}}},
           "url":{"typeName":"String","expression":{"type":"Literal","value":"https://example.org"}},"expectedStatusCodes":[{"statusCode":404,"activity":null}]},
          {"id":"switch","name":"分支","type":"Elsa.Switch","version":1,"metadata":{"designer":{"position":{"x":480,"y":220}}},"cases":[{"label":"困难","condition":{"type":"JavaScript","value":"true"},"activity":null}]}],
         "connections":[{"source":{"activity":"say","port":"Done"},"target":{"activity":"stop","port":"In"}},{"source":{"activity":"stop","port":"Done"},"target":{"activity":"call","port":"In"}},
          {"source":{"activity":"call","port":"Done"},"target":{"activity":"switch","port":"In"}}]}}
        """;

    private static readonly (string Activities, string Told)[] Refused =
    [
        ("""[{"id":"a","type":"Elsa.WriteLine","version":1},{"id":"a","type":"Elsa.WriteLine","version":1}]""", "活动 id“a”重复使用。"),
        ("""[{"id":"a","type":"Acme.SendPigeon","version":1}]""", "不认识活动类型“Acme.SendPigeon”。"),
        ("""[{"id":"a","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"tomorrow"}}}]""", "应为时长")
    ];

    [Fact]
    public async Task Every_panel_of_the_editor_opens_and_speaks_Chinese()
    {
        await studio.Draw(Panels);
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("panels", 4);
        await Expect(desk.Board.Node("call").Locator(".embedded-port")).ToHaveTextAsync(["404", "其他状态码", "无法连接", "超时"]);
        await Expect(desk.Board.Node("switch").Locator(".embedded-port")).ToHaveTextAsync(["困难", "默认"]);
        await desk.Picture("embedded-ports");

        await Unfold(desk, desk.Board.MoreButton);
        foreach (var (activity, input) in new[] { ("say", "文本"), ("call", "期望状态码"), ("switch", "匹配方式") })
        {
            await desk.Board.Select(activity, input);
            await EveryTab(desk, Panel(desk, 2));
        }

        await EveryTab(desk, Panel(desk, 3));
        await desk.Picture("panels");
        foreach (var (tab, button) in new[] { ("变量", "添加变量"), ("输入/输出", "添加输入"), ("输入/输出", "添加输出") })
        {
            await desk.Board.Tab(tab);
            await desk.Ask(desk.Board.Right.GetByText(button));
            await desk.IsWell();
            await desk.Answer("取消");
        }

        await desk.Board.Tab("版本历史");
        await Unfold(desk, desk.Board.Right.Locator("tbody .mud-menu button").First);
        await desk.Board.Tab("代码视图");
        await desk.IsWell();
    }

    [Fact]
    public async Task Every_panel_of_an_instance_opens_and_speaks_Chinese()
    {
        await studio.Host.Publish(Panels.Replace("panels", "watched", StringComparison.Ordinal));
        var started = await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions/watched/execute", Answers.Body("""{"input":{"caseId":"C-1"}}"""));
        await started.Is(HttpStatusCode.OK);
        await using var desk = await studio.Desk();
        await desk.Open($"workflows/instances/{started.Headers.GetValues("x-elsa-workflow-instance-id").Single()}/view", ".x6-node .mud-badge");
        await Expect(desk.Board.Node("call").Locator(".embedded-port")).ToHaveTextAsync(["404", "其他状态码", "无法连接", "超时"]);
        foreach (var panel in new[] { 0, 2, 3 })
            await EveryTab(desk, Panel(desk, panel));
        await desk.Board.Tab("故障");
        await Expect(desk.Page.GetByText("到此为止").Filter(new LocatorFilterOptions { Visible = true }).First).ToBeVisibleAsync();
        await desk.Picture("panels-incident");

        foreach (var activity in new[] { "say", "stop" })
        {
            await desk.Page.Locator($".x6-node[data-cell-id='{activity}'] .activity-label").First.ClickAsync();
            await EveryTab(desk, Panel(desk, 2));
        }

        await desk.Board.Tab("日志");
        await desk.Page.Locator(".mud-timeline-item").Last.ClickAsync();
        await desk.IsWell();
        await desk.Picture("panels-instance");
    }

    [Fact]
    public async Task Files_that_are_refused_are_told_and_the_designer_lives()
    {
        await using var desk = await studio.Desk();
        await desk.Open("workflows/definitions", "td:has-text('个案主流程')");
        foreach (var (activities, told) in Refused)
        {
            var path = Path.Combine(Repository.At("artifacts", "studio"), "refused.json");
            await File.WriteAllTextAsync(path, $$$"""{"id":"x","definitionId":"refused","name":"坏文件","isPublished":true,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":{{{activities}}}}}""");
            var chooser = await desk.Page.RunAndWaitForFileChooserAsync(() => Persistence.ChooseOnce(desk.Page, desk.Page.Locator(".mud-table-toolbar .mud-menu button").Last, "导入"));
            await desk.Page.RunAndWaitForResponseAsync(() => chooser.SetFilesAsync(path), answer => answer.Url.EndsWith("/workflow-definitions/import", StringComparison.Ordinal) && !answer.Ok);

            await desk.Tells(told);
            await desk.Picture("import-refused");
            await desk.WasRefused(400);
            await Expect(desk.Page.Locator("td:has-text('个案主流程')").First).ToBeVisibleAsync();
        }

        Assert.Equal(HttpStatusCode.NotFound, (await studio.Host.Client.GetAsync("/elsa/api/workflow-definitions/by-definition-id/refused?versionOptions=Latest")).StatusCode);
    }

    // Opens a menu, looks at it, and folds it again.
    private static async Task Unfold(DrawingDesk desk, ILocator menu)
    {
        var unfolded = desk.Page.Locator(".mud-popover-open .mud-menu-item, .mud-popover-open .mud-list-item").First;
        await Persistence.Until(() => menu.ClickAsync(), patience => Expect(unfolded).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));
        await desk.IsWell();
        await desk.Page.Keyboard.PressAsync("Escape");
        await Persistence.Until(
            () => desk.Page.Locator(".mud-overlay").Last.DispatchEventAsync("click", options: new LocatorDispatchEventOptions { Timeout = 500 }),
            patience => Expect(unfolded).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = patience }));
    }

    // Opens each tab of a panel, told by its place: what is chosen in one may redraw the others.
    private static async Task EveryTab(DrawingDesk desk, ILocator panel)
    {
        var tabs = panel.Locator(".mud-tab");
        var count = await tabs.CountAsync();
        Assert.True(count > 1, "the tabs are not there");
        for (var at = 0; at < count; at++)
        {
            var tab = tabs.Nth(at);
            await Persistence.Until(
                () => tab.DispatchEventAsync("click"),
                patience => Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"), new LocatorAssertionsToHaveClassOptions { Timeout = patience }));
            await desk.IsWell();
        }
    }

    private static ILocator Panel(DrawingDesk desk, int at) => desk.Page.Locator(".mud-tabs").Nth(at);
}
