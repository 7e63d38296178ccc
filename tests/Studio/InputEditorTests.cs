using System.Text.Json;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Every editor that our activities ask for writes what the server reads.</summary>
[Collection(StudioCollection.Name)]
public sealed class InputEditorTests(StudioFixture studio)
{
    private static readonly LocatorFillOptions Soon = new() { Timeout = Persistence.First };

    /// <summary>Every kind of editor, and the input at which it is used here.</summary>
    private static readonly Dictionary<string, string> Tried = new()
    {
        ["singleline"] = "Elsa.Fault.Code",
        ["multiline"] = "Elsa.Fault.Message",
        ["checkbox"] = "Elsa.FlowDecision.Condition",
        ["dropdown"] = "Elsa.FlowJoin.Mode",
        ["checklist"] = "Elsa.HttpEndpoint.SupportedMethods",
        ["radiolist"] = "Elsa.Fault.FaultType",
        ["multitext"] = "Elsa.RunTask.Excluded",
        ["json-editor"] = "Elsa.DispatchWorkflow.Input",
        ["code-editor"] = "Elsa.BulkDispatchWorkflows.CorrelationIdFunction",
        ["datetime-picker"] = "Elsa.StartAt.DateTime",
        ["dictionary"] = "Elsa.WriteHttpResponse.ResponseHeaders",
        ["dynamic-outcomes"] = "Elsa.FlowFork.Branches",
        ["variable-picker"] = "Elsa.SetVariable.Variable",
        ["output-picker"] = "Elsa.SetOutput.OutputName",
        ["outcome-picker"] = "Elsa.Complete.Outcomes",
        ["workflow-definition-picker"] = "Elsa.DispatchWorkflow.WorkflowDefinitionId",
        ["http-status-codes"] = "Elsa.SendHttpRequest.ExpectedStatusCodes",
        ["switch-editor"] = "Elsa.Switch.Cases",
        ["flow-switch-editor"] = "Elsa.FlowSwitch.Cases"
    };

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
        await board.Pick(Field(board, "汇合方式"), "等待全部", "WaitAll");
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
    public async Task Scripts_dates_cases_and_dictionaries_are_saved_as_they_were_entered()
    {
        await using var desk = await Open("scripts", "Elsa.WriteLine", "Elsa.StartAt", "Elsa.FlowSwitch", "Elsa.WriteHttpResponse", "Elsa.DispatchWorkflow");
        var board = desk.Board;
        await board.Select("WriteLine", "文本");
        await board.Syntax("文本", "JavaScript");
        await board.WriteScript(Field(board, "文本"), "getVariable('answer')");
        await desk.Picture("script");
        await board.Select("DispatchWorkflow", "输入");
        await board.WriteScript(Field(board, "输入"), """{"caseId":"C-1"}""");
        await board.Select("StartAt", "指定的时间，带时区。");
        await PickDay(desk, "15");
        await AddRow(desk, "FlowSwitch", "添加分支", ("困难", "getVariable('answer') == 'x'", "JavaScript"));
        await AddRow(desk, "WriteHttpResponse", "添加一项", ("X-Case", "1", null));
        await desk.IsWell();

        Assert.Equal(("JavaScript", "getVariable('answer')"), await Saved("scripts", "WriteLine", "text"));
        Assert.Equal("C-1", JsonElement.Parse((await Saved("scripts", "DispatchWorkflow", "input")).Value).Text("caseId"));
        var (date, error) = Relief.Flow.Workflows.Expressions.InputBinding.Bind(JsonSerializer.SerializeToElement((await Saved("scripts", "StartAt", "dateTime")).Value), typeof(DateTimeOffset));
        Assert.Equal((15, null), (((DateTimeOffset)date!).Day, error));
        var one = (await Activity("scripts", "FlowSwitch")).GetProperty("cases")[0];
        Assert.Equal(("困难", "JavaScript"), (one.Text("label"), one.GetProperty("condition").Text("type")));
        Assert.Equal("1", JsonElement.Parse((await Saved("scripts", "WriteHttpResponse", "responseHeaders")).Value).GetProperty("X-Case").Text("value"));
    }

    [Fact]
    public async Task What_is_picked_from_the_definition_and_what_is_answered_by_status_is_saved_as_it_was_chosen()
    {
        await using var desk = await Open("pickers", "Elsa.SetVariable", "Elsa.SetOutput", "Elsa.Complete", "Elsa.Fault", "Elsa.DispatchWorkflow", "Elsa.SendHttpRequest", "Elsa.BulkDispatchWorkflows", "Elsa.Switch");
        var board = desk.Board;
        await board.Select("SetVariable", "变量");
        await Pick(board, "变量", "answer", "SetVariable", "variable");
        await board.Select("SetOutput", "输出名");
        await Pick(board, "输出名", "result", "SetOutput", "outputName");
        await board.Select("Complete", "出口");
        await Pick(board, "出口", "通过", "Complete", "outcomes");
        await board.Select("Fault", "类型");
        await board.SavedWith(model => Has(model, "Fault", "faultType"), () => board.Below.Locator(".mud-radio").Filter(new LocatorFilterOptions { Visible = true }).Last.ClickAsync());
        await board.Write(Field(board, "代码"), "F-1");
        await board.Write(Field(board, "说明"), "第一行\n第二行");
        await board.Select("DispatchWorkflow", "流程定义");
        await board.Pick(Field(board, "流程定义"), "个案主流程", "case.lifecycle");
        await board.Select("SendHttpRequest", "期望状态码");
        await board.SavedWith(model => Has(model, "SendHttpRequest", "expectedStatusCodes"), async () =>
        {
            var line = Field(board, "期望状态码").Locator("input:not([type=hidden])").First;
            await line.FillAsync("404", Soon);
            await line.PressAsync("Enter");
        });
        await board.Select("BulkDispatchWorkflows", "关联号函数");
        await board.WriteScript(Field(board, "关联号函数"), "getVariable('Item')");
        await AddRow(desk, "Switch", "添加分支", ("困难", "getVariable('answer') == 'x'", "JavaScript"));
        await AddRow(desk, "Switch", "添加分支", ("临时", "getVariable('answer') == 'y'", "JavaScript"));
        await desk.Picture("pickers");
        await desk.IsWell();

        Assert.Equal("v1", (await Activity("pickers", "SetVariable")).GetProperty("variable").Text("id"));
        Assert.Equal("result", (await Saved("pickers", "SetOutput", "outputName")).Value);
        Assert.Contains("通过", (await Saved("pickers", "Complete", "outcomes")).Value, StringComparison.Ordinal);
        Assert.Equal(["System", "F-1", "第一行\n第二行"], new[] { await Saved("pickers", "Fault", "faultType"), await Saved("pickers", "Fault", "code"), await Saved("pickers", "Fault", "message") }.Select(saved => saved.Value));
        Assert.Equal(404, (await Activity("pickers", "SendHttpRequest")).GetProperty("expectedStatusCodes")[0].GetProperty("statusCode").GetInt32());
        Assert.Equal("getVariable('Item')", (await Saved("pickers", "BulkDispatchWorkflows", "correlationIdFunction")).Value);
        Assert.Equal(["困难", "临时"], (await Activity("pickers", "Switch")).GetProperty("cases").EnumerateArray().Select(one => one.Text("label")));
    }

    [Fact]
    public async Task No_activity_asks_for_an_editor_that_was_not_tried_here()
    {
        var inputs = (await (await studio.Host.Client.GetAsync("/elsa/api/descriptors/activities")).Json()).Items()
            .SelectMany(tool => tool.GetProperty("inputs").EnumerateArray().Select(input => (Hint: input.Text("uiHint")!, Name: $"{tool.Text("typeName")}.{input.Text("name")}"))).ToArray();

        Assert.Equal(inputs.Select(input => input.Hint).Distinct().Order(StringComparer.Ordinal), Tried.Keys.Order(StringComparer.Ordinal));
        Assert.All(Tried, one => Assert.Contains((one.Key, one.Value), inputs));
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

    private static Task Pick(DrawingBoard board, string label, string item, string activity, string member) =>
        board.SavedWith(model => Has(model, activity, member), () => board.PickOnly(Field(board, label), item));

    private static bool Has(JsonElement model, string activity, string member) =>
        model.GetProperty("root").GetProperty("activities").EnumerateArray().Single(one => one.Text("id") == activity).TryGetProperty(member, out var value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static async Task PickDay(DrawingDesk desk, string day)
    {
        var entry = desk.Page.Locator(".mud-picker-calendar-day:not(.mud-hidden)").GetByText(day, new LocatorGetByTextOptions { Exact = true }).First;
        await Persistence.Until(
            () => desk.Board.Below.Locator(".mud-picker .mud-input-adornment button, .mud-picker .mud-input-adornment-icon-button").First.ClickAsync(),
            patience => Expect(entry).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = patience }));
        await desk.Board.SavedBy(() => entry.ClickAsync());
    }

    /// <summary>Adds a row to a table until a save carries it: a late answer may draw the panel anew, and the open row is gone with what was entered. The table shows it then.</summary>
    private static async Task AddRow(DrawingDesk desk, string activity, string button, (string Key, string Value, string? Language) entry)
    {
        var below = desk.Board.Below;
        var row = below.Locator("tr:has(input)");
        var taken = below.GetByText(entry.Key, new LocatorGetByTextOptions { Exact = true });
        await desk.Board.SavedWith(entry.Key, async () =>
        {
            if (await taken.CountAsync() > 0)
                return;
            if (await row.CountAsync() == 0)
            {
                // Chosen anew for each try: the panel may show what was chosen before.
                await desk.Board.Select(activity, button);
                await below.GetByText(button).First.ClickAsync();
            }
            var lines = row.Locator("input[type=text]");
            await lines.Nth(0).FillAsync(entry.Key, Soon);
            await lines.Nth(1).FillAsync(entry.Value, Soon);
            if (entry.Language is not null)
                await desk.Board.PickOnly(row.Locator("td").Filter(new LocatorFilterOptions { Has = desk.Page.Locator("[tabindex='0']") }).Last, entry.Language);
            await row.Locator("button").First.ClickAsync(new LocatorClickOptions { Timeout = Persistence.First });
        });
        // Otherwise the next row that is entered would take its place.
        await Expect(taken.First).ToBeVisibleAsync();
    }

    private async Task<DrawingDesk> Open(string id, params string[] types)
    {
        var activities = types.Select((type, at) => $$$$"""
            {"id":"{{{{type.Split('.')[^1]}}}}","name":"步骤{{{{at}}}}","type":"{{{{type}}}}","version":1,"metadata":{"designer":{"position":{"x":{{{{60 + 220 * (at % 3)}}}},"y":{{{{60 + 110 * (at / 3)}}}} } } } }
            """);
        await studio.Draw($$$$"""
            {"definitionId":"{{{{id}}}}","name":"编辑器","version":1,"variables":[{"id":"v1","name":"answer","typeName":"String","isArray":false,"storageDriverTypeName":"WorkflowInstanceStorageDriver"}],
             "outputs":[{"name":"result","type":"String","displayName":"result"}],"outcomes":["通过"],
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
