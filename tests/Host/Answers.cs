using System.Net;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>Reads answers of the API.</summary>
internal static class Answers
{
    public static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(text.Length > 0, $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode} without a body");
        return JsonElement.Parse(text);
    }

    /// <summary>The answer's JSON, after its status was looked at.</summary>
    public static async Task<JsonElement> Is(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>A problem with this status and code (RFC 9457).</summary>
    public static async Task<JsonElement> Refuses(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var problem = await answer.Is(status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public static string? Text(this JsonElement json, string member) => json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public static JsonElement[] Items(this JsonElement json) => [.. json.GetProperty("items").EnumerateArray()];
}
