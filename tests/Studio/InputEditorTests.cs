using System.Text.Json;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Every editor that our activities ask for writes what the server reads.</summary>
[Collection(StudioCollection.Name)]
public sealed class InputEditorTests(StudioFixture studio)
{
    [Fact]
    public async Task Lines_boxes_choices_and_lists_are_saved_as_they_were_entered()
    {
        await using var desk = await Open("editors", "Elsa.WriteLine", "Elsa.FlowDecision", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.HttpEndpoint", "Elsa.RunTask");
        var board = desk.Board;
        await board.Select("WriteLine", "文本");
        await board.Write(Field(board, "文本"), "你好");
        await board.Select("FlowDecision", "条件");
        await board.SavedBy(() => board.Below.Locator("input[type=checkbox]").First.CheckAsync());
        await board.Select("FlowFork", "分支");
        await board.WriteList(Field(board, "分支"), "上门", "电话");
        await board.Select("FlowJoin", "汇合方式");
        await board.Pick(Field(board, "汇合方式"), "等待全部");
        await board.Select("HttpEndpoint", "路径");
        await board.SavedBy(() => board.Below.GetByLabel("GET", new LocatorGetByLabelOptions { Exact = true }).CheckAsync());
        await board.Select("RunTask", "回避人员");
        await board.WriteList(Field(board, "回避人员"), "S-1");
        await desk.Picture("editors");
        await desk.IsWell();

        Assert.Equal(("Literal", "你好"), await Saved("editors", "WriteLine", "text"));
        Assert.Equal(("Literal", "True"), await Saved("editors", "FlowDecision", "condition"));
        Assert.Equal(["上门", "电话"], JsonSerializer.Deserialize<string[]>((await Saved("editors", "FlowFork", "branches")).Value)!);
        Assert.Equal(("Literal", "WaitAll"), await Saved("editors", "FlowJoin", "mode"));
        Assert.Equal(("Object", "[\"GET\"]"), await Saved("editors", "HttpEndpoint", "supportedMethods"));
        Assert.Equal(("Object", "[\"S-1\"]"), await Saved("editors", "RunTask", "excluded"));
        await Expect(board.Node("FlowFork").Locator(".x6-port-body[port-group=out]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task One_activity_alone_is_tried_out_in_its_tab()
    {
        await using var desk = await Open("trial", "Elsa.WriteLine");
        await desk.Board.Select("WriteLine", "文本");
        await desk.Board.Tab("测试");
        await desk.Board.Below.GetByText("开始", new LocatorGetByTextOptions { Exact = true }).First.ClickAsync();
        await Expect(desk.Board.Below.GetByText("已完成").First).ToBeVisibleAsync();
        await desk.IsWell();
    }

    private static ILocator Field(DrawingBoard board, string label) => DrawingBoard.Field(board.Below, label);

    private async Task<DrawingDesk> Open(string id, params string[] types)
    {
        var activities = types.Select((type, at) => $$$$"""
            {"id":"{{{{type.Split('.')[^1]}}}}","name":"步骤{{{{at}}}}","type":"{{{{type}}}}","version":1,"metadata":{"designer":{"position":{"x":{{{{60 + 220 * (at % 3)}}}},"y":{{{{60 + 110 * (at / 3)}}}} } } } }
            """);
        await studio.Draw($$$$"""
            {"definitionId":"{{{{id}}}}","name":"编辑器","version":1,"variables":[{"id":"v1","name":"answer","typeName":"String","isArray":false,"storageDriverTypeName":"WorkflowInstanceStorageDriver"}],
             "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[{{{{string.Join(",", activities)}}}}],"connections":[]}}
            """);
        var desk = await studio.Desk();
        await desk.OpenDrawing(id, types.Length);
        return desk;
    }

    private async Task<JsonElement> Activity(string definitionId, string activityId) =>
        (await studio.Saved(definitionId)).GetProperty("root").GetProperty("activities").EnumerateArray().Single(activity => activity.Text("id") == activityId);

    private async Task<(string? Type, string Value)> Saved(string definitionId, string activityId, string input)
    {
        var expression = (await Activity(definitionId, activityId)).GetProperty(input).GetProperty("expression");
        return (expression.Text("type"), expression.Text("value")!);
    }
}
