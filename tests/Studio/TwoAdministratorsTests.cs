using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

[Collection(StudioCollection.Name)]
public sealed class TwoAdministratorsTests(StudioFixture studio)
{
    [Fact]
    public async Task The_second_to_save_the_same_draft_is_told_and_the_first_ones_work_stays()
    {
        await studio.Draw("""{"definitionId":"shared","name":"共同起草","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[{"id":"end","name":"结束","type":"Elsa.End","version":1}],"connections":[]}}""");
        await using var first = await studio.Desk();
        await using var second = await studio.Desk();
        await first.OpenDrawing("shared", 1);
        await second.OpenDrawing("shared", 1);

        await first.Page.BringToFrontAsync();
        await first.Board.Write(DrawingBoard.Field(first.Board.Right, "说明"), "甲的说明");
        await second.Page.BringToFrontAsync();
        await Describe(second, "乙的说明");

        await second.Tells("“共同起草”已被 bootstrap 于");
        await second.Picture("two-administrators");
        await second.WasRefused(400);
        await first.IsWell();
        Assert.Equal("甲的说明", (await studio.Saved("shared")).Text("description"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_made_while_a_save_is_under_way_is_neither_lost_nor_taken_for_anothers(bool answeredFirst)
    {
        var id = answeredFirst ? "quick-answered" : "quick";
        await studio.Draw($$$$"""{"definitionId":"{{{{id}}}}","name":"快速修改 {{{{id}}}}","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[{"id":"end","name":"结束","type":"Elsa.End","version":1}],"connections":[]}}""");
        await using var desk = await studio.Desk();
        await desk.OpenDrawing(id, 1);
        var mayAnswer = new TaskCompletionSource();
        await Late(desk, mayAnswer.Task);

        await Sends(desk, "一");
        // Or the answer comes when the second change is taken and not yet sent: the designer waits a little for more.
        await (answeredFirst ? desk.Asks("/is-name-unique", () => Describe(desk, "一二")) : Sends(desk, "一二"));
        mayAnswer.SetResult();

        await Patience.Until(async () => (await studio.Saved(id)).Text("description") == "一二", () => "the second change was not saved");
        await Expect(DrawingBoard.Field(desk.Board.Right, "说明").Locator("textarea").First).ToHaveValueAsync("一二");
        await desk.IsWell();
    }

    [Fact]
    public async Task A_row_of_a_table_stays_open_when_the_answer_of_an_earlier_save_comes()
    {
        await studio.Draw("""{"definitionId":"row","name":"逐行填写","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[{"id":"switch","name":"分支","type":"Elsa.FlowSwitch","version":1}],"connections":[]}}""");
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("row", 1);
        await desk.Board.Select("switch", "添加分支");
        var mayAnswer = new TaskCompletionSource();
        await Late(desk, mayAnswer.Task);
        await Sends(desk, "一");

        await desk.Board.Below.GetByText("添加分支").First.ClickAsync();
        var row = desk.Board.Below.Locator("tr:has(input)");
        await row.Locator("input[type=text]").First.FillAsync("困难");
        await row.Locator("input[type=text]").Nth(1).FillAsync("true");
        await desk.Board.PickOnly(row.Locator("td").Filter(new LocatorFilterOptions { Has = desk.Page.Locator("[tabindex='0']") }).Last, "JavaScript");   // nobody types any more
        mayAnswer.SetResult();
        await desk.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 4000))");   // longer than an answer waits for the page to come to rest
        await Expect(row).ToHaveCountAsync(1);

        await desk.Board.SavedBy(() => row.Locator("button").First.ClickAsync(), model => Saves.Says(model, "困难"));
        Assert.Equal("一", (await studio.Saved("row")).Text("description"));
        await desk.IsWell();
    }

    // Answers of saves come when they may.
    private static Task<IAsyncDisposable> Late(DrawingDesk desk, Task may) => desk.Page.RouteAsync("**/elsa/api/workflow-definitions", async route =>
    {
        var answer = await route.FetchAsync();
        await may;
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
    });

    private static async Task Sends(DrawingDesk desk, string text)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Page.Request += (_, request) =>
        {
            if (Saves.Sent(request) is { } model && Saves.Says(model, text))
                sent.TrySetResult();
        };
        await Persistence.Until(() => Describe(desk, text), patience => sent.Task.WaitAsync(TimeSpan.FromMilliseconds(patience)));
    }

    private static Task Describe(DrawingDesk desk, string text) => DrawingBoard.Enter(DrawingBoard.Field(desk.Board.Right, "说明"), text);
}
