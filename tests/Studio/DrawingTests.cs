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
    public async Task A_pathway_is_drawn_refused_mended_published_run_and_watched_live()
    {
        await using var desk = await studio.Desk();
        var id = await Create(desk, "上门回访");
        await DrawIt(desk);
        await Declare(desk, id);
        await PublishRefusedThenMended(desk);
        await RunAndWatch(desk);
    }

    [Fact]
    public async Task An_earlier_version_becomes_the_draft_again()
    {
        await studio.Draw(Sketch("versions", "版本故事", "第一版"));
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("versions", 2);
        await desk.Publish();
        await desk.Board.Write(DrawingBoard.Field(desk.Board.Right, "说明"), "第二版");
        Assert.Equal((2, "第二版"), await VersionOf("versions"));

        await desk.Board.Tab("版本历史");
        var rows = desk.Board.Right.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(2);
        await desk.Picture("history");
        await desk.Asks("/versions/revert/1", () => Persistence.ChooseOnce(desk.Page, rows.Last.Locator(".mud-menu button"), "回退到此版本"));
        Assert.Equal((2, "第一版"), await VersionOf("versions"));
        await desk.IsWell();
    }

    [Fact]
    public async Task A_definition_is_exported_retracted_and_imported_by_file()
    {
        await studio.Draw(Sketch("filed", "文件故事", "第一版"));
        await (await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions/filed/publish", Answers.Body("{}"))).Is(HttpStatusCode.OK);
        await using var desk = await studio.Desk();
        var menu = (await desk.Find("filed")).Locator(".mud-menu button").Last;
        var path = await Export(desk, menu);
        await desk.Asks("/filed/retract", () => Persistence.ChooseOnce(desk.Page, menu, "取消发布"));
        Assert.False((await studio.Saved("filed")).GetProperty("isPublished").GetBoolean());

        await (await studio.Host.Client.DeleteAsync("/elsa/api/workflow-definitions/filed")).Is(HttpStatusCode.NoContent);
        await ImportFile(desk, path);
        Assert.Equal((1, "第一版"), await VersionOf("filed"));
        await desk.IsWell();
    }

    [Fact]
    public async Task Instances_are_cancelled_from_the_list_and_many_definitions_published_at_once()
    {
        await studio.Draw(Sketch("bulk-one", "批量一", ""));
        await studio.Draw(Sketch("bulk-two", "批量二", ""));
        await using var desk = await studio.Desk();
        await desk.Open("workflows/definitions?search=bulk-", "td:has-text('bulk-two')");
        await desk.ChooseAllRows(2);
        await desk.Choose(desk.Page.GetByText("批量操作"), "发布", "发布");
        await Expect(desk.Page.Locator("tr:has-text('bulk-two') td").Nth(4)).ToContainTextAsync("1");
        Assert.True((await studio.Saved("bulk-one")).GetProperty("isPublished").GetBoolean());
        await desk.IsWell();

        await (await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions/bulk-one/execute", Answers.Body("""{"versionOptions":"Latest"}"""))).Is(HttpStatusCode.OK);
        await desk.Open("workflows/instances", "tr:has-text('批量一')");
        var row = desk.Page.Locator("tbody tr", new PageLocatorOptions { HasTextString = "批量一" }).First;
        await desk.Choose(row.Locator(".mud-menu button"), "取消", "是");
        await Expect(row).ToContainTextAsync("已取消");
        await desk.Picture("instances");
        await desk.IsWell();
    }

    private async Task<string> Create(DrawingDesk desk, string name)
    {
        await desk.Open("workflows/definitions", "td:has-text('个案主流程')");
        await desk.Picture("list");
        await desk.Ask(desk.Page.GetByText("新建流程", new PageGetByTextOptions { Exact = true }).First);
        await desk.Name(name);
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
        // The designer takes the first activity that can start instances for one that does.
        await board.Select("等待事件", "事件名");
        await board.Tab("通用");
        await board.SavedBy(
            () => board.Below.GetByLabel("触发流程", new LocatorGetByLabelOptions { Exact = true }).UncheckAsync(),
            model => model.GetProperty("root").GetProperty("activities").EnumerateArray().All(activity => !Marked(activity)));
        await board.Tab("输入");
        await board.Write(DrawingBoard.Field(board.Below, "事件名"), "visit-answered");
        await desk.Picture("drawing");
        await desk.IsWell();
    }

    private static bool Marked(JsonElement activity) =>
        activity.TryGetProperty("customProperties", out var own) && own.TryGetProperty("canStartWorkflow", out var marked) && marked.ValueKind == JsonValueKind.True;

    private async Task Declare(DrawingDesk desk, string id)
    {
        await desk.Board.Tab("变量");
        await Add(desk, "添加变量", "answer");
        await desk.Board.Tab("输入/输出");
        await Add(desk, "添加输入", "caseId");
        await Add(desk, "添加输出", "result");

        var saved = await studio.Saved(id);
        Assert.Equal(["answer", "caseId", "result"], new[] { "variables", "inputs", "outputs" }.Select(list => saved.GetProperty(list)[0].Text("name")));
        Assert.Equal(3, saved.GetProperty("root").GetProperty("activities").GetArrayLength());
        Assert.True(Saves.Says(saved, "visit-answered"), "the designer has lost the event's name");
        await desk.IsWell();
    }

    private static async Task Add(DrawingDesk desk, string button, string name)
    {
        await desk.Ask(desk.Board.Right.GetByText(button));
        await desk.Name(name);
        await desk.Board.SavedBy(() => desk.Answer("确定"), model => Saves.Says(model, name));
    }

    private static async Task PublishRefusedThenMended(DrawingDesk desk)
    {
        await desk.Board.PublishButton.ClickAsync();
        await desk.Tells("必须填写");
        await desk.Picture("refusal");
        await desk.WasRefused(400);

        await desk.Board.Click("审核确认");
        await desk.Board.SavedBy(() => desk.Page.Keyboard.PressAsync("Delete"), model => model.GetProperty("root").GetProperty("activities").GetArrayLength() == 2);
        await desk.Publish();
        await desk.IsWell();
    }

    private async Task RunAndWatch(DrawingDesk desk)
    {
        var told = desk.Page.WaitForWebSocketAsync();
        await desk.Board.RunButton.ClickAsync();
        await desk.Page.WaitForURLAsync("**/view");
        await told;
        var journal = desk.Page.Locator(".mud-timeline-item");
        await Expect(journal.Filter(new LocatorFilterOptions { HasTextString = "等待中" })).ToHaveCountAsync(1);
        await Expect(desk.Page.Locator(".x6-node .mud-badge")).ToHaveCountAsync(2);
        await desk.Picture("waiting");

        await (await studio.Host.Client.PostAsync("/api/v1/events", Answers.Body("""{"name":"visit-answered","payload":{"content":true}}"""))).Is(HttpStatusCode.OK);
        await Expect(journal.Filter(new LocatorFilterOptions { HasTextString = "等待事件 - 已完成" })).ToHaveCountAsync(1);
        await Expect(desk.Page.Locator("td:has-text('已结束')").First).ToBeVisibleAsync();
        await desk.Picture("live");
        foreach (var tab in new[] { "变量", "输入/输出", "故障", "活动调用链" })
        {
            await desk.Board.Tab(tab);
            await desk.IsWell();
        }
    }

    private static async Task<string> Export(DrawingDesk desk, ILocator menu)
    {
        var file = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Choose(menu, "导出", "导出"));
        var path = Path.Combine(Repository.At("artifacts", "studio"), "filed.json");
        await file.SaveAsAsync(path);
        var exported = JsonElement.Parse(await File.ReadAllTextAsync(path));
        Assert.Equal(("filed", "文件故事"), (exported.Text("definitionId"), exported.Text("name")));
        return path;
    }

    private static async Task ImportFile(DrawingDesk desk, string path)
    {
        await desk.Open("workflows/definitions", "td:has-text('个案主流程')");
        var chooser = await desk.Page.RunAndWaitForFileChooserAsync(() => Persistence.ChooseOnce(desk.Page, desk.Page.Locator(".mud-table-toolbar .mud-menu button").Last, "导入"));
        await desk.Page.RunAndWaitForResponseAsync(() => chooser.SetFilesAsync(path), answer => answer.Url.EndsWith("/workflow-definitions/import", StringComparison.Ordinal) && answer.Ok);
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
