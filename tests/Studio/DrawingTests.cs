using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Pathways drawn, taken back and published in the real designer.</summary>
[Collection(StudioCollection.Name)]
public sealed class DrawingTests(StudioFixture studio)
{
    [Fact]
    public async Task A_pathway_is_drawn_from_nothing_and_declared()
    {
        await using var desk = await studio.Desk();
        var id = await Create(desk, "上门回访");
        await DrawIt(desk);
        await Declare(desk, id);
    }

    [Fact]
    public async Task Instances_are_cancelled_from_the_list_and_many_definitions_published_at_once()
    {
        await studio.Draw(Sketch("bulk-one", "批量一", ""));
        await studio.Draw(Sketch("bulk-two", "批量二", ""));
        await using var desk = await studio.Desk();
        await desk.Open("workflows/definitions?search=bulk-", "td:has-text('bulk-two')");
        await desk.Page.Locator("thead input[type=checkbox]").First.CheckAsync();
        await desk.Choose(desk.Page.GetByText("批量操作"), "发布");
        await desk.Answer("是");
        await Expect(desk.Page.Locator("tr:has-text('bulk-two') td[data-label='Published']").Or(desk.Page.Locator("tr:has-text('bulk-two') td").Nth(4))).ToContainTextAsync("1");
        Assert.True((await studio.Saved("bulk-one")).GetProperty("isPublished").GetBoolean());
        await desk.IsWell();

        await (await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions/bulk-one/execute", Answers.Body("""{"versionOptions":"Latest"}"""))).Is(HttpStatusCode.OK);
        await desk.Open("workflows/instances", "tr:has-text('批量一')");
        var row = desk.Page.Locator("tbody tr", new PageLocatorOptions { HasTextString = "批量一" }).First;
        await desk.Choose(row.Locator(".mud-menu button"), "取消");
        await desk.Answer("是");
        await Expect(row).ToContainTextAsync("已取消");
        await desk.Picture("instances");
        await desk.IsWell();
    }

    private async Task<string> Create(DrawingDesk desk, string name)
    {
        await desk.Open("workflows/definitions", "td:has-text('个案主流程')");
        await desk.Picture("list");
        await desk.Page.GetByText("新建流程", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await DrawingBoard.Field(desk.Page.Locator(".mud-dialog"), "名称").Locator("input").FillAsync(name);
        await desk.Picture("create");
        await desk.Answer("确定");
        await desk.Page.WaitForURLAsync("**/edit");
        await Expect(desk.Page.Locator("[draggable=true]").First).ToBeAttachedAsync();
        return new Uri(desk.Page.Url).Segments[^2].TrimEnd('/');
    }

    private static async Task DrawIt(DrawingDesk desk)
    {
        var board = desk.Board;
        await board.Drop("写日志", 80, 120);
        await board.Drop("等待事件", 300, 120);
        await board.Drop("审核确认", 300, 260);
        await board.Fit();
        await board.Connect("写日志", "Done", "等待事件");
        await board.Select("写日志", "文本");
        await board.Write(DrawingBoard.Field(board.Below, "文本"), "开始回访");
        await board.Select("等待事件", "事件名");
        await board.Write(DrawingBoard.Field(board.Below, "事件名"), "visit-answered");
        await desk.Picture("drawing");
        await desk.IsWell();
    }

    private async Task Declare(DrawingDesk desk, string id)
    {
        var board = desk.Board;
        var dialog = desk.Page.Locator(".mud-dialog");
        await board.Tab("变量");
        await board.Right.GetByText("添加变量").ClickAsync();
        await DrawingBoard.Field(dialog, "名称").Locator("input").FillAsync("answer");
        await board.SavedBy(() => desk.Answer("确定"));
        await board.Tab("输入/输出");
        await board.Right.GetByText("添加输入").ClickAsync();
        await DrawingBoard.Field(dialog, "名称").Locator("input").FillAsync("caseId");
        await board.SavedBy(() => desk.Answer("确定"));
        await board.Right.GetByText("添加输出").ClickAsync();
        await DrawingBoard.Field(dialog, "名称").Locator("input").FillAsync("result");
        await board.SavedBy(() => desk.Answer("确定"));

        var saved = await studio.Saved(id);
        Assert.Equal(["answer", "caseId", "result"], new[] { "variables", "inputs", "outputs" }.Select(list => saved.GetProperty(list)[0].Text("name")));
        Assert.Equal(3, saved.GetProperty("root").GetProperty("activities").GetArrayLength());
        await desk.IsWell();
    }

    private static async Task Publish(DrawingDesk desk)
    {
        await desk.Board.PublishButton.ClickAsync();
        await desk.Tells("流程已发布");
    }

    private async Task<(int, string?)> VersionOf(string id)
    {
        var saved = await studio.Saved(id);
        return (saved.GetProperty("version").GetInt32(), saved.Text("description"));
    }

    // Writes a line, then waits for ever.
    private static string Sketch(string id, string name, string description) => $$$$"""
        {"definitionId":"{{{{id}}}}","name":"{{{{name}}}}","description":"{{{{description}}}}","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
          {"id":"say","name":"说明","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}},"text":{"typeName":"String","expression":{"type":"Literal","value":"好"}}},
          {"id":"wait","name":"等待","type":"Elsa.Event","version":1,"metadata":{"designer":{"position":{"x":320,"y":60}}},"eventName":{"typeName":"String","expression":{"type":"Literal","value":"never-{{{{id}}}}"}}}],
         "connections":[{"source":{"activity":"say","port":"Done"},"target":{"activity":"wait","port":"In"}}]}}
        """;
}
