using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Tests.Host;

public sealed class OpenApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>After a change that is meant: run this test with UPDATE_SNAPSHOTS=1 and commit the file.</summary>
    [Fact]
    public async Task The_description_is_the_committed_one()
    {
        var file = Repository.At("tests", "Host", "openapi.v1.json");
        var now = JsonNode.Parse(await fixture.Host.Client.GetStringAsync("/openapi/v1.json"))!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, now);

        Assert.Equal(await File.ReadAllTextAsync(file), now);
    }

    [Fact]
    public async Task Every_route_is_told_with_a_summary_and_a_group()
    {
        var document = JsonElement.Parse(await fixture.Host.Client.GetStringAsync("/openapi/v1.json"));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var route in path.Value.EnumerateObject())
            {
                Assert.True(route.Value.TryGetProperty("summary", out _), $"{route.Name} {path.Name} has no summary");
                Assert.True(route.Value.TryGetProperty("tags", out _), $"{route.Name} {path.Name} has no group");
            }
        }
    }
}
