using System.Net;
using Relief.Flow.Host.Aids;

namespace Relief.Flow.Tests.Host;

public sealed class AidsPagesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Theory]
    [InlineData("validation", "校验")]
    [InlineData("simulation", "模拟")]
    [InlineData("diff", "比较")]
    [InlineData("picture", "图")]
    public async Task Each_tab_is_a_page_in_the_frame_without_a_script_in_it(string tab, string title)
    {
        var answer = await _host.Client.GetAsync($"/studio/aids/wait-and-look?tab={tab}");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains($"<h1>{title}</h1>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"data-tab=\"{tab}\"", page, StringComparison.Ordinal);
        Assert.Contains("frame-bar", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_files_come_with_their_types_and_nothing_else_does()
    {
        Assert.Equal("text/css", (await _host.Client.GetAsync("/studio/aids-own/aids.css")).Content.Headers.ContentType!.MediaType);
        Assert.Equal("text/javascript", (await _host.Client.GetAsync("/studio/aids-own/simulation.js")).Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/studio/aids-own/aids.html")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/studio/aids/not-there")).StatusCode);
    }

    [Fact]
    public void Both_languages_have_every_text_that_the_pages_ask_for()
    {
        var (chinese, english) = (AidTexts.All("zh"), AidTexts.All("en"));
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        var scripts = Directory.EnumerateFiles(Repository.At("src", "Host", "Aids", "Pages"), "*.js").Select(File.ReadAllText);
        var asked = scripts.SelectMany(script => System.Text.RegularExpressions.Regex.Matches(script, @"\bt\.(\w+)")).Select(match => match.Groups[1].Value).Distinct();
        Assert.Empty(asked.Except(chinese.Keys));
    }
}
