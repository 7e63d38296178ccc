using System.Net;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>What this installation does not know is shown and kept, and no save empties a drawing.</summary>
[Collection(StudioCollection.Name)]
public sealed class UnknownActivityTests(StudioFixture studio)
{
    private const string Foreign = """
        {"definitionId":"foreign","name":"外来流程","version":1,"root":{"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
          {"id":"say","name":"说明","type":"Elsa.WriteLine","version":1,"metadata":{"designer":{"position":{"x":60,"y":60}}},"text":{"typeName":"String","expression":{"type":"Literal","value":"好"}}},
          {"id":"far","name":"外来活动","type":"Acme.SendPigeon","version":3,"metadata":{"designer":{"position":{"x":320,"y":60}}},"bird":{"typeName":"String","expression":{"type":"Literal","value":"白鸽"}}}],
         "connections":[{"source":{"activity":"say","port":"Done"},"target":{"activity":"far","port":"In"}}]}}
        """;

    [Fact]
    public async Task It_is_drawn_as_a_placeholder_and_a_save_keeps_it_as_it_was()
    {
        await studio.Draw(Foreign);
        await using var desk = await studio.Desk();
        await desk.OpenDrawing("foreign", 2);
        await Expect(desk.Board.Node("外来活动")).ToBeVisibleAsync();
        await desk.Picture("placeholder");

        await desk.Board.Select("say", "文本");
        await desk.Board.Write(DrawingBoard.Field(desk.Board.Below, "文本"), "改过");

        await desk.IsWell();
        var file = JsonNode.Parse(await studio.Host.Client.GetStringAsync("/elsa/api/workflow-definitions/foreign/export?versionOptions=Latest"))!;
        var kept = file["root"]!["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "far")!;
        Assert.Equal(("Acme.SendPigeon", 3, "白鸽"), ((string?)kept["type"], (int)kept["version"]!, (string?)kept["bird"]!["expression"]!["value"]));
    }

    [Fact]
    public async Task A_save_that_would_empty_a_drawing_is_refused_and_nothing_is_lost()
    {
        await studio.Draw(Foreign.Replace("foreign", "emptied", StringComparison.Ordinal));
        var model = JsonNode.Parse((await studio.Saved("emptied")).GetRawText())!;
        model["root"]!["activities"] = new JsonArray();
        model["root"]!["connections"] = new JsonArray();

        var refused = await (await studio.Host.Client.PostAsync("/elsa/api/workflow-definitions", Answers.Body(new JsonObject { ["model"] = model, ["publish"] = false }.ToJsonString())))
            .Is(HttpStatusCode.BadRequest);

        Assert.Contains("清空流程图", refused.GetProperty("errors").GetProperty("generalErrors")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await studio.Saved("emptied")).GetProperty("root").GetProperty("activities").GetArrayLength());
    }
}
