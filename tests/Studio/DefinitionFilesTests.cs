using System.Text.Json;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Studio;

/// <summary>Committed definitions can be opened, changed and published by an administrator: three, each of another shape.</summary>
/// <remarks>A browser needs many seconds for each, so it does not open all; that every file survives the designer's import, save and export is tested over REST.</remarks>
[Collection(StudioCollection.Name)]
public sealed class DefinitionFilesTests(StudioFixture studio)
{
    /// <summary>The longest, the one with most branches, and the one that a life depends on; every file is opened, saved and exported over REST.</summary>
    public static TheoryData<string> Files => ["case.lifecycle", "pathway.departmental-linkage", "procedure.doorbell"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task It_is_drawn_completely_changed_and_published(string definitionId)
    {
        var drawn = JsonElement.Parse(await File.ReadAllTextAsync(Repository.At("definitions", definitionId + ".json"))).GetProperty("root").GetProperty("activities").GetArrayLength();
        await using var desk = await studio.Desk();
        await desk.OpenDrawing(definitionId, drawn);
        await desk.Picture(definitionId);

        await desk.Board.Write(DrawingBoard.Field(desk.Board.Right, "说明"), "由管理员修改");
        await desk.Publish();

        await desk.IsWell();
        var saved = await studio.Saved(definitionId);
        Assert.Equal((true, 2, "由管理员修改", drawn),
            (saved.GetProperty("isPublished").GetBoolean(), saved.GetProperty("version").GetInt32(), saved.Text("description"), saved.GetProperty("root").GetProperty("activities").GetArrayLength()));
    }
}
