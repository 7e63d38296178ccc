using System.Net;
using System.Net.Http.Headers;

namespace Relief.Flow.Tests.Host;

/// <summary>How the designer is served: its files as they lie in the package, its pages behind the door, and nothing in them that a stranger could use.</summary>
public sealed class StudioPagesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task Its_files_come_packed_with_their_own_types_and_are_kept_as_long_as_their_names_allow()
    {
        using var browser = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = _host.Address };
        var packed = await Get(browser, "/studio/_framework/blazor.webassembly.js", "br");
        Assert.Equal(("text/javascript", "br", true), (packed.Content.Headers.ContentType!.MediaType, Assert.Single(packed.Content.Headers.ContentEncoding), packed.Headers.CacheControl!.NoCache));
        var plain = await Get(browser, "/studio/_framework/blazor.webassembly.js", "gzip");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.True((await plain.Content.ReadAsByteArrayAsync()).Length > (await packed.Content.ReadAsByteArrayAsync()).Length);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/studio/_framework/blazor.webassembly.js");
        again.Headers.IfNoneMatch.Add(packed.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await browser.SendAsync(again)).StatusCode);

        var boot = await plain.Content.ReadAsStringAsync() + await (await Get(browser, "/studio/_framework/dotnet.js", "gzip")).Content.ReadAsStringAsync();
        var hashed = System.Text.RegularExpressions.Regex.Match(boot, @"dotnet\.native\.[a-z0-9]{10}\.wasm").Value;
        var native = await Get(browser, "/studio/_framework/" + hashed, "br");
        Assert.Equal(("application/wasm", TimeSpan.FromDays(365)), (native.Content.Headers.ContentType!.MediaType, native.Headers.CacheControl!.MaxAge));
        foreach (var outside in new[] { "/studio/_framework/none.js", "/studio/%2e%2e/relief.db", "/studio/own/studio.html" })
            Assert.Equal(HttpStatusCode.NotFound, (await Get(browser, outside, "br")).StatusCode);
    }

    [Fact]
    public async Task Its_pages_are_behind_the_door_hold_no_key_and_run_no_script_but_ours()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = _host.Address };
        var stopped = await browser.GetAsync("/studio/workflows/definitions/wait-and-look/edit");
        Assert.Equal((HttpStatusCode.Redirect, "/studio/sign-in?next=%2Fstudio%2Fworkflows%2Fdefinitions%2Fwait-and-look%2Fedit"), (stopped.StatusCode, stopped.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/elsa/api/workflow-definitions")).StatusCode);

        using var form = new FormUrlEncodedContent([new("key", TestHost.AdminKey)]);
        var entered = await browser.PostAsync("/studio/sign-in", form);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestHost.AdminKey, cookie, StringComparison.Ordinal);

        var opened = await browser.GetAsync("/studio/workflows/definitions/wait-and-look/edit");
        var page = await (opened.EnsureSuccessStatusCode()).Content.ReadAsStringAsync();
        Assert.DoesNotContain(TestHost.AdminKey, page, StringComparison.Ordinal);
        Assert.Contains("data-page=\"editor\" data-id=\"wait-and-look\"", page, StringComparison.Ordinal);
        var scripts = opened.Headers.GetValues("Content-Security-Policy").Single().Split(';').Single(part => part.Trim().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("'unsafe-inline'", scripts, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", scripts, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/studio/workflows/dashboards")).StatusCode);
    }

    private static async Task<HttpResponseMessage> Get(HttpClient browser, string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        return await browser.SendAsync(request);
    }
}
