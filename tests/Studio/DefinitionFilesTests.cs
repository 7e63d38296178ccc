using System.Text.Json;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Studio;

/// <summary>Every committed definition is opened, changed and published by an administrator, one after the other in one sitting.</summary>
/// <remarks>The page is loaded once and turned from one to the next: so all of them cost what two or three pages would.</remarks>
[Collection(StudioCollection.Name)]
public sealed class DefinitionFilesTests(StudioFixture studio)
{
    /// <summary>The longest, the one with most branches, and the one that a life depends on: of these a picture is kept.</summary>
    private static readonly string[] Pictured = ["case.lifecycle", "pathway.institutional-care", "procedure.doorbell"];

    [Fact]
    public async Task Every_one_is_drawn_completely_changed_and_published()
    {
        var files = Directory.GetFiles(Repository.At("definitions"), "*.json").Order(StringComparer.Ordinal).Select(Drawn).ToArray();
        await using var desk = await studio.Desk();
        await desk.OpenDrawing(files[0].Id, files[0].Activities);
        foreach (var file in files)
        {
            await desk.TurnTo(file.Id, file.Activities, file.Lines);
            if (Pictured.Contains(file.Id))
            {
                await desk.Board.Fit();
                await desk.Picture(file.Id);
            }

            await desk.Board.PublishWith("由管理员修改 " + file.Id);
        }

        await desk.IsWell();
        foreach (var file in files)
        {
            var (saved, root) = (await studio.Saved(file.Id), (await studio.Saved(file.Id)).GetProperty("root"));
            Assert.Equal((true, 2, "由管理员修改 " + file.Id), (saved.GetProperty("isPublished").GetBoolean(), saved.GetProperty("version").GetInt32(), saved.Text("description")));
            Assert.Equal((file.Activities, file.Lines), (root.GetProperty("activities").GetArrayLength(), root.GetProperty("connections").GetArrayLength()));
        }
    }

    private static (string Id, int Activities, int Lines) Drawn(string path)
    {
        var root = JsonElement.Parse(File.ReadAllText(path)).GetProperty("root");
        return (Path.GetFileNameWithoutExtension(path), root.GetProperty("activities").GetArrayLength(), root.GetProperty("connections").GetArrayLength());
    }
}
