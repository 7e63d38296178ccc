using System.Net;

namespace Relief.Flow.Tests.Host;

public sealed class DiagramApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string At = "/api/v1/definitions/wait-and-look";

    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_picture_comes_with_a_tag_and_not_twice()
    {
        var first = await _host.Client.GetAsync(At + "/diagram.svg");
        Assert.Equal(("image/svg+xml", HttpStatusCode.OK), (first.Content.Headers.ContentType!.MediaType, first.StatusCode));
        Assert.Contains("等待与查看", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, At + "/diagram.svg");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _host.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task It_speaks_the_language_that_is_asked_for()
    {
        Assert.Contains("等待事件", await _host.Client.GetStringAsync(At + "/diagram.svg"), StringComparison.Ordinal);
        Assert.DoesNotContain("等待事件", await _host.Client.GetStringAsync(At + "/diagram.svg?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_versions_are_compared_in_words_and_in_a_picture()
    {
        const string Drawn = """{ "definitionId": "compared", "name": "比较", "root": { "id": "w", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "one" } } } }""";
        await _host.Publish(Drawn);
        await _host.Publish(Drawn.Replace("one", "two", StringComparison.Ordinal));

        var diff = await (await _host.Client.GetAsync("/api/v1/definitions/compared/diff")).Is(HttpStatusCode.OK);
        Assert.Equal((1, 2), (diff.GetProperty("from").GetInt32(), diff.GetProperty("to").GetInt32()));
        var change = Assert.Single(diff.GetProperty("activities").EnumerateArray());
        Assert.Equal(("w", "Changed"), (change.Text("activityId"), change.Text("change")));

        var picture = await _host.Client.GetStringAsync("/api/v1/definitions/compared/diagram.svg?compare=1");
        Assert.Contains("与第 1 版比较", picture, StringComparison.Ordinal);
        Assert.Contains("修改", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_drawn_or_compared()
    {
        await (await _host.Client.GetAsync("/api/v1/definitions/nothing/diagram.svg")).Refuses(HttpStatusCode.NotFound, "definition.notFound");
        await (await _host.Client.GetAsync(At + "/diagram.svg?version=77")).Refuses(HttpStatusCode.NotFound, "definition.notFound");
        await (await _host.Client.GetAsync(At + "/diff?from=77")).Refuses(HttpStatusCode.NotFound, "definition.notFound");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.With(null).GetAsync(At + "/diagram.svg")).StatusCode);
    }
}
