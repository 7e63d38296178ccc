using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;

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

        await second.Tells("“共同起草”已被");
        await second.Picture("two-administrators");
        await second.WasRefused(400);
        await first.IsWell();
        Assert.Equal("甲的说明", (await studio.Saved("shared")).Text("description"));
    }

    private static async Task Describe(DrawingDesk desk, string text)
    {
        var box = DrawingBoard.Field(desk.Board.Right, "说明").Locator("textarea").First;
        await box.FillAsync(text);
        await box.PressAsync("Tab");
    }
}
