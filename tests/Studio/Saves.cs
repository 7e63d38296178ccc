using System.Text.Json;
using Microsoft.Playwright;

namespace Relief.Flow.Tests.Studio;

/// <summary>Watches for the designer's save of a model that shows something, from now on.</summary>
internal sealed class Saves : IDisposable
{
    private readonly IPage _page;
    private readonly Func<JsonElement, bool>? _shows;
    private readonly TaskCompletionSource<IResponse> _one = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Saves(IPage page, Func<JsonElement, bool>? shows)
    {
        _page = page;
        _shows = shows;
        page.Response += Seen;
    }

    /// <summary>Waits for it and gives the model; it must have been taken.</summary>
    /// <param name="patience">Milliseconds.</param>
    public async Task<JsonElement> One(int patience)
    {
        var answer = await _one.Task.WaitAsync(TimeSpan.FromMilliseconds(patience));
        Assert.True(answer.Ok, answer.Ok ? "" : await answer.TextAsync());
        return Sent(answer.Request)!.Value;
    }

    /// <summary>Whether a text of the model, or of a JSON text in it, has this in it.</summary>
    public static bool Says(JsonElement model, string text) => model.ValueKind switch
    {
        JsonValueKind.Object => model.EnumerateObject().Any(member => Says(member.Value, text)),
        JsonValueKind.Array => model.EnumerateArray().Any(entry => Says(entry, text)),
        JsonValueKind.String => Contains(model.GetString()!, text),
        _ => false
    };

    /// <summary>The model that a request saves; null when it saves none.</summary>
    public static JsonElement? Sent(IRequest request) =>
        request.Method == "POST" && request.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal) && request.PostData is { } sent
            ? JsonElement.Parse(sent).GetProperty("model")
            : null;

    public void Dispose() => _page.Response -= Seen;

    // A list is written as a JSON text, in which Chinese letters are written as numbers.
    private static bool Contains(string said, string text)
    {
        if (said.Contains(text, StringComparison.Ordinal))
            return true;
        try
        {
            return said.StartsWith('[') && Says(JsonElement.Parse(said), text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Seen(object? sender, IResponse answer)
    {
        if (Sent(answer.Request) is { } model && (_shows is null || _shows(model)))
            _one.TrySetResult(answer);
    }
}
