using System.Text;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Tests.Definitions;

public sealed class DefinitionWriterTests
{
    private static readonly byte[] Export = Encoding.UTF8.GetBytes(Drawn.Export);

    [Fact]
    public void Writing_again_changes_nothing()
    {
        var once = DefinitionWriter.Write(Export);

        Assert.Equal(Encoding.UTF8.GetString(once), Encoding.UTF8.GetString(DefinitionWriter.Write(once)));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Export), JsonElement.Parse(once)));
        Assert.Contains("各种形式", Encoding.UTF8.GetString(once), StringComparison.Ordinal);
    }

    [Fact]
    public void The_envelope_is_put_into_order_and_unknown_members_are_kept()
    {
        var written = DefinitionWriter.Write("""{ "root": { "type": "T", "id": "a" }, "zz": [1], "name": "n", "id": "v", "definitionId": "d" }"""u8.ToArray());

        Assert.Equal(["$schema", "id", "definitionId", "name", "zz", "root"], JsonElement.Parse(written).EnumerateObject().Select(member => member.Name));
        Assert.EndsWith("}\n", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_is_set_without_touching_the_rest()
    {
        var envelope = new DefinitionEnvelope { VersionId = "v4", Version = 4, IsLatest = true, IsPublished = true, CreatedAt = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8)) };
        var set = DefinitionWriter.WithEnvelope(Export, envelope);
        var (before, after) = (JsonElement.Parse(Export), JsonElement.Parse(set));

        Assert.Equal(before.GetProperty("root").GetRawText(), after.GetProperty("root").GetRawText());
        Assert.Equal(before.EnumerateObject().Select(member => member.Name), after.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("v4", 4, true), (after.GetProperty("id").GetString(), after.GetProperty("version").GetInt32(), after.GetProperty("isPublished").GetBoolean()));
        Assert.Equal("2026-11-22T08:00:00+08:00", after.GetProperty("createdAt").GetString());
        Assert.Equal("forms", after.GetProperty("definitionId").GetString());
    }

    [Fact]
    public void Members_that_the_envelope_lacks_are_added()
    {
        var set = DefinitionWriter.WithEnvelope("""{ "model": { "definitionId": null, "root": { "id": "a", "type": "T" } } }"""u8.ToArray(), new DefinitionEnvelope { DefinitionId = "d", VersionId = "v" });

        Assert.Equal(("d", "v"), (DefinitionReader.Read(set).Definition!.Id, DefinitionReader.Read(set).Definition!.VersionId));
    }

    [Fact]
    public void Every_activity_gets_the_node_id_that_the_reader_gives()
    {
        var with = DefinitionWriter.WithNodeIds(Export);
        var found = new List<string>();
        Collect(with.GetProperty("root"), found);

        Assert.Equal(Drawn.Definition(Drawn.Export).Nodes.Values.Select(node => node.NodeId).Order(), found.Order());
    }

    private static void Collect(JsonElement value, List<string> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Collect(item, found);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("nodeId", out var nodeId))
                found.Add(nodeId.GetString()!);

            foreach (var member in value.EnumerateObject())
                Collect(member.Value, found);
        }
    }
}
