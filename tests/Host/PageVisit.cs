using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Relief.Flow.Host.Console;

namespace Relief.Flow.Tests.Host;

/// <summary>Somebody who looks at pages and sends their forms, as a browser does, over HTTP.</summary>
internal sealed partial class PageVisit(HttpClient client)
{
    /// <summary>The page's text with its entities resolved, after its status was looked at.</summary>
    public async Task<string> Open(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await client.GetAsync(path);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(status == answer.StatusCode, $"{path} answered {(int)answer.StatusCode}: {page}");
        return page;
    }

    /// <summary>Sends a form with the seal that the page gave, and gives the page that follows.</summary>
    public async Task<(HttpStatusCode Status, string Page)> Send(string page, string action, params (string Name, string Value)[] fields)
    {
        var seal = Seal().Match(page).Groups[1].Value;
        Assert.Contains($"action=\"{action}\"", page, StringComparison.Ordinal);
        return await SendSealed(seal, action, fields);
    }

    /// <summary>A form as from one of our pages, for somebody to whom none offers it.</summary>
    public Task<(HttpStatusCode Status, string Page)> SendUnoffered(string action, params (string Name, string Value)[] fields)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = client.DefaultRequestHeaders.Authorization?.ToString();
        return SendSealed(FormSeal.Of(request), action, fields);
    }

    public async Task<(HttpStatusCode Status, string Page)> SendSealed(string seal, string action, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Append(("seal", seal)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))]);
        var answer = await client.PostAsync(action, form);
        // Redirected, the client leaves its key behind and stands at the door: the door knows where it was going.
        if (answer.RequestMessage!.RequestUri is { AbsolutePath: "/studio/sign-in" } door && client.DefaultRequestHeaders.Authorization is not null)
            answer = await client.GetAsync(QueryHelpers.ParseQuery(door.Query)["next"].ToString());
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    [GeneratedRegex("name=\"seal\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
