using System.Text.Json;
using Relief.Flow.Tests.Host;

namespace Relief.Flow.Tests.Studio;

/// <summary>Every committed definition is opened, changed and published by an administrator, one after the other in one sitting.</summary>
/// <remarks>The designer is loaded once and turned from one to the next: starting it is the dear part.</remarks>
[Collection(StudioCollection.Name)]
public sealed class DefinitionFilesTests(StudioFixture studio)
{
    /// <summary>The longest, the one with most branches, and the one that a life depends on: of these a picture is kept.</summary>
    private static readonly string[] Pictured = ["case.lifecycle", "pathway.institutional-care", "procedure.doorbell"];

    /// <summary>What a publish says anew of a version; all else it must keep, but for the sizes, which the designer measures.</summary>
    private static readonly string[] OfTheVersion = [".id", ".version", ".createdAt", ".description", ".customProperties.reliefRevision"];

    [Fact]
    public async Task Every_one_is_drawn_completely_changed_and_published_and_loses_nothing()
    {
        var ids = Directory.GetFiles(Repository.At("definitions"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToArray();
        await using var desk = await studio.Desk();
        await desk.OpenDrawing(ids[0], (await studio.Saved(ids[0])).GetProperty("root").GetProperty("activities").GetArrayLength());
        await desk.Board.SaveByHand();
        var lost = new List<string>();
        foreach (var id in ids)
            lost.AddRange(await ChangeAndPublish(desk, id));

        await desk.IsWell();
        Assert.True(lost.Count == 0, string.Join("\n", lost));
    }

    private async Task<IEnumerable<string>> ChangeAndPublish(DrawingDesk desk, string id)
    {
        var before = await studio.Saved(id);
        var root = before.GetProperty("root");
        await desk.TurnTo(id, before.Text("name")!, root.GetProperty("activities").GetArrayLength(), root.GetProperty("connections").GetArrayLength());
        if (Pictured.Contains(id))
        {
            await desk.Board.Fit();
            await desk.Picture(id);
        }

        await desk.Board.PublishWith("由管理员修改 " + id);

        var after = await studio.Saved(id);
        Assert.Equal((true, true, "由管理员修改 " + id), (after.GetProperty("isPublished").GetBoolean(), after.GetProperty("version").GetInt32() > before.GetProperty("version").GetInt32(), after.Text("description")));
        return Lost(before, after, "").Except(OfTheVersion).Where(path => !path.Contains(".metadata.designer.size.", StringComparison.Ordinal)).Select(path => id + path);
    }

    // Where a text does not say again what it said; what is new in it does not count. The designer may write activities in another order.
    private static IEnumerable<string> Lost(JsonElement before, JsonElement after, string path) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => before.EnumerateObject().SelectMany(member =>
            after.TryGetProperty(member.Name, out var kept) ? Lost(member.Value, kept, $"{path}.{member.Name}") : member.Value.ValueKind == JsonValueKind.Null ? [] : [$"{path}.{member.Name}"]),
        (JsonValueKind.Array, JsonValueKind.Array) when before.GetArrayLength() == after.GetArrayLength() =>
            InOrder(before).Zip(InOrder(after)).SelectMany((pair, at) => Lost(pair.First, pair.Second, $"{path}[{at}]")),
        _ => JsonElement.DeepEquals(before, after) ? [] : [path]
    };

    private static IEnumerable<JsonElement> InOrder(JsonElement list) =>
        list.EnumerateArray().OrderBy(entry => entry.ValueKind == JsonValueKind.Object ? entry.Text("nodeId") ?? "" : "", StringComparer.Ordinal);
}
