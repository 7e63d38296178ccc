using Microsoft.Playwright;

namespace Relief.Flow.Tests.Studio;

public sealed class FirstThreadTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task The_list_shows_the_committed_definitions_and_one_opens_in_the_editor()
    {
        await using var desk = await fixture.SignIn();
        await desk.Open("workflows/definitions", "text=一人一档与服务号");
        await desk.Picture("list");
        await desk.Open("workflows/definitions/pathway.government-purchase/edit", ".x6-node");
        await desk.Page.WaitForTimeoutAsync(3000);
        await desk.Picture("editor");
        await desk.Open("workflows/instances", "table");
        await desk.Page.WaitForTimeoutAsync(2000);
        await desk.Picture("instances");
        await desk.IsWell();
    }
}
