using System.Text.Json;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Studio;

/// <summary>Every committed definition can be opened, changed and published by an administrator, one after the other at one desk.</summary>
[Collection(StudioCollection.Name)]
public sealed class DefinitionFilesTests(StudioFixture studio)
{
    [Fact]
    public async Task Each_is_drawn_completely_changed_and_published()
    {
        await using var desk = await studio.Desk();
        foreach (var (number, file) in Directory.GetFiles(Repository.At("definitions"), "*.json").Order(StringComparer.Ordinal).Index())
        {
            var definitionId = Path.GetFileNameWithoutExtension(file);
            var drawn = JsonElement.Parse(await File.ReadAllTextAsync(file)).GetProperty("root").GetProperty("activities").GetArrayLength();
            await (number == 0 ? desk.OpenDrawing(definitionId, drawn) : desk.GoToDrawing(definitionId, drawn));
            await desk.Picture(definitionId);

            await desk.Board.Write(DrawingBoard.Field(desk.Board.Right, "说明"), "由管理员修改");
            await desk.Publish();

            await desk.IsWell();
            var saved = await studio.Saved(definitionId);
            Assert.Equal((definitionId, true, 2, "由管理员修改", drawn),
                (definitionId, saved.GetProperty("isPublished").GetBoolean(), saved.GetProperty("version").GetInt32(), saved.Text("description"), saved.GetProperty("root").GetProperty("activities").GetArrayLength()));
        }
    }
}
