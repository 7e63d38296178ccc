using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>The calls of Elsa's contract that start and observe work.</summary>
public sealed class DesignerTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Elsa = "/elsa/api";
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task Everything_that_the_editor_reads_before_it_shows_anything_is_there()
    {
        string[] lists =
        [
            "descriptors/activities?Refresh=True", "descriptors/expression-descriptors", "descriptors/workflow-activation-strategies", "descriptors/incident-strategies", "descriptors/log-persistence-strategies",
            "descriptors/commit-strategies/workflows", "descriptors/commit-strategies/activities", "descriptors/storage-drivers", "descriptors/variables", "descriptors/output-converters", "features/installed"
        ];
        foreach (var list in lists)
        {
            var answer = await (await _host.Client.GetAsync($"{Elsa}/{list}")).Is(HttpStatusCode.OK);
            Assert.Equal(answer.GetProperty("items").GetArrayLength(), answer.GetProperty("count").GetInt32());
        }
    }

    [Fact]
    public async Task Every_activity_is_named_once_in_both_languages()
    {
        var chinese = await (await _host.Client.GetAsync($"{Elsa}/descriptors/activities")).Json();
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Elsa}/descriptors/activities");
        request.Headers.Add("Cookie", "relief-language=en");
        var english = await (await _host.Client.SendAsync(request)).Json();

        var types = chinese.Items().Select(item => item.Text("typeName")).ToArray();
        Assert.Equal(types.Distinct().Count(), types.Length);
        Assert.Equal("流程图", chinese.Items().First(item => item.Text("typeName") == "Elsa.Flowchart").Text("displayName"));
        Assert.All(english.Items(), item => Assert.DoesNotContain(item.Text("displayName")!, letter => letter > 0x2e80));
    }

    [Fact]
    public async Task The_list_carries_the_links_that_allow_editing_only_for_who_may_draw()
    {
        var list = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=")).Is(HttpStatusCode.OK);
        Assert.Equal("bulk-publish", Assert.Single(list.GetProperty("links").EnumerateArray()).Text("rel"));
        Assert.All(list.Items(), item => Assert.Equal("publish", Assert.Single(item.GetProperty("links").EnumerateArray()).Text("rel")));

        var read = await (await (await _host.WithRoles("auditor")).GetAsync($"{Elsa}/workflow-definitions")).Is(HttpStatusCode.OK);
        Assert.Empty(read.GetProperty("links").EnumerateArray());
    }

    [Fact]
    public async Task A_definition_is_shown_with_a_node_id_on_every_activity()
    {
        var shown = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/by-definition-id/wait-and-look?versionOptions=Latest")).Is(HttpStatusCode.OK);

        Assert.True(shown.GetProperty("isPublished").GetBoolean());
        var root = shown.GetProperty("root");
        Assert.Equal("Workflow1:flow", root.Text("nodeId"));
        Assert.Equal(["Workflow1:flow:event", "Workflow1:flow:look"], root.GetProperty("activities").EnumerateArray().Select(activity => activity.Text("nodeId")));
        var same = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/by-id/{Uri.EscapeDataString(shown.Text("id")!)}")).Is(HttpStatusCode.OK);
        Assert.Equal(shown.ToString(), same.ToString());
    }

    [Fact]
    public async Task Saving_over_a_published_version_makes_a_draft_and_leaves_it_untouched()
    {
        var made = await Save("""{ "model": { "definitionId": null, "id": null, "name": "Workflow 1", "root": { "id": "r", "type": "Elsa.Flowchart", "version": 1, "activities": [{ "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "expression": { "type": "Literal", "value": "x" } } }] } }, "publish": true }""");
        var id = made.Text("definitionId");
        Assert.True(made.GetProperty("isPublished").GetBoolean());

        var draft = await Save($$"""{ "model": { "definitionId": "{{id}}", "name": "Workflow 2", "root": { "id": "r", "type": "Elsa.Flowchart", "version": 1, "activities": [{ "id": "w", "type": "Elsa.WriteLine", "version": 1 }] } }, "publish": false }""");

        Assert.Equal(2, draft.GetProperty("version").GetInt32());
        var published = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/by-definition-id/{id}?versionOptions=Published")).Is(HttpStatusCode.OK);
        Assert.Equal("Workflow 1", published.Text("name"));
        var history = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds={id}&OrderBy=Version&OrderDirection=Descending")).Json();
        Assert.Equal([2, 1], history.Items().Select(item => item.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_save_that_is_refused_says_why_in_a_form_the_designer_shows()
    {
        var answer = await _host.Client.PostAsync($"{Elsa}/workflow-definitions", Answers.Body("""{ "model": { "definitionId": "broken", "name": "x" }, "publish": true }"""));
        var problem = await answer.Is(HttpStatusCode.BadRequest);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("generalErrors").EnumerateArray());
    }

    [Fact]
    public async Task Execute_runs_and_answers_with_the_state_and_the_instance_in_a_header()
    {
        var answer = await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/straight/execute", new { versionOptions = "Latest" });
        var state = (await answer.Is(HttpStatusCode.OK)).GetProperty("workflowState");

        Assert.Equal(answer.Headers.GetValues("x-elsa-workflow-instance-id").Single(), state.Text("id"));
        Assert.Equal(("Finished", "Finished"), (state.Text("status"), state.Text("subStatus")));
    }

    [Fact]
    public async Task Dispatch_trigger_and_complete_carry_an_instance_to_its_end()
    {
        var answer = await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/wait-and-look/dispatch", new { correlationId = "elsa-1", input = new { caseId = "x" } });
        var id = (await answer.Is(HttpStatusCode.OK)).Text("workflowInstanceId")!;
        await _host.TimePasses("PT0S");
        await (await _host.Client.PostAsJsonAsync($"{Elsa}/events/go/trigger", new { correlationId = "elsa-1", input = new { score = 8 } })).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");

        var waiting = await (await _host.Client.GetAsync($"{Elsa}/workflow-instances/{id}")).Is(HttpStatusCode.OK);
        Assert.Equal(("Running", "Suspended"), (waiting.Text("status"), waiting.Text("subStatus")));
        var task = Assert.Single(waiting.GetProperty("workflowState").GetProperty("bookmarks").EnumerateArray()).Text("id");
        var variable = Assert.Single((await (await _host.Client.GetAsync($"{Elsa}/workflow-instances/{id}/variables")).Json()).Items());
        Assert.Equal(8, variable.GetProperty("value").GetProperty("score").GetInt32());

        await (await _host.Client.PostAsJsonAsync($"{Elsa}/tasks/{task}/complete", new { result = new { seen = true } })).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");
        var state = await (await _host.Client.GetAsync($"{Elsa}/workflow-instances/{id}/execution-state")).Json();
        Assert.Equal(("Finished", "Finished"), (state.Text("status"), state.Text("workflowSubStatus")));
    }

    [Fact]
    public async Task The_journal_and_the_runs_are_found_by_node()
    {
        var id = await Dispatch("elsa-2");
        var nodes = new[] { "Workflow1:flow:event" };

        var journal = await (await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-instances/{id}/journal?skip=0&take=110", new { filter = new { activityNodeIds = nodes } })).Is(HttpStatusCode.OK);
        Assert.Equal(["Started", "Suspended"], journal.Items().Select(entry => entry.Text("eventName")));
        Assert.Equal(2, journal.GetProperty("totalCount").GetInt32());

        var stats = (await (await _host.Client.PostAsJsonAsync($"{Elsa}/activity-executions/report", new { workflowInstanceId = id, activityNodeIds = nodes })).Json()).GetProperty("stats")[0];
        Assert.Equal(1, stats.GetProperty("startedCount").GetInt32());
        Assert.True(stats.GetProperty("isBlocked").GetBoolean());

        var run = Assert.Single((await (await _host.Client.GetAsync($"{Elsa}/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId={nodes[0]}")).Json()).Items());
        Assert.Equal("Running", run.Text("status"));
        var same = await (await _host.Client.GetAsync($"{Elsa}/activity-executions/by-id?id={run.Text("id")}")).Is(HttpStatusCode.OK);
        Assert.Equal("event", same.Text("activityId"));
    }

    [Fact]
    public async Task Instances_are_listed_by_Elsa_s_words_and_can_be_cancelled()
    {
        var id = await Dispatch("elsa-3");
        await (await _host.Client.PostAsync($"{Elsa}/cancel/workflow-instances/{id}", null)).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");

        var list = await (await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-instances", new { page = 0, pageSize = 10, correlationId = "elsa-3", subStatuses = new[] { "Cancelled" } })).Is(HttpStatusCode.OK);
        Assert.Equal(id, Assert.Single(list.Items()).Text("id"));
        Assert.Equal(1, list.GetProperty("totalCount").GetInt32());
        var none = await (await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-instances", new { correlationId = "elsa-3", subStatuses = new[] { "Suspended" } })).Json();
        Assert.Empty(none.Items());
    }

    private async Task<JsonElement> Save(string body)
    {
        var saved = await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions", Answers.Body(body))).Is(HttpStatusCode.OK);
        return saved.GetProperty("workflowDefinition");
    }

    private async Task<string> Dispatch(string correlation)
    {
        var answer = await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/wait-and-look/dispatch", new { correlationId = correlation, input = new { caseId = "x" } });
        await _host.TimePasses("PT0S");
        return (await answer.Is(HttpStatusCode.OK)).Text("workflowInstanceId")!;
    }
}
