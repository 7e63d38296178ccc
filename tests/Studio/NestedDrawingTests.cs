using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Drawings inside of drawings, stepped into by a double click.</summary>
[Collection(StudioCollection.Name)]
public sealed class NestedDrawingTests(StudioFixture studio)
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
}
