using System.Text;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>Definitions that are drawn as activities of others.</summary>
public sealed class WorkflowActivityTests
{
    private static readonly string[] Writes = ["Start", "Commit", "Publish"];

    private const string Inner = """
        {"definitionId":"check","name":"household check","version":1,"options":{"usableAsActivity":true,"activityCategory":"Households"},
         "inputs":[{"name":"Household","type":"String","isRequired":true},{"name":"Sizes","type":"Int32","isArray":true}],
         "outputs":[{"name":"Score","type":"Int32"}],"outcomes":["Passed","Refused"],
         "root":{"id":"s","type":"Elsa.Sequence","activities":[
           {"id":"o","type":"Elsa.SetOutput","outputName":{"expression":{"type":"Literal","value":"Score"}},"outputValue":{"expression":{"type":"JavaScript","value":"getInput('Household').length"}}},
           {"id":"w","type":"Elsa.Event","eventName":{"expression":{"type":"Literal","value":"checked"}}},
           {"id":"c","type":"Elsa.Complete","outcomes":{"expression":{"type":"Literal","value":"Passed"}}}]}}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_takes_inputs_gives_outputs_and_leaves_by_the_outcomes_of_complete_wherever_the_process_dies(bool afterTheWrite)
    {
        foreach (var plan in new[] { new CrashPlan(), new CrashPlan { At = 2, AfterIt = afterTheWrite, Calls = Writes }, new CrashPlan { At = 4, AfterIt = afterTheWrite, Calls = Writes } })
        {
            await using var engine = await Engine.OnFile(plan);
            await engine.Survive(async () =>
            {
                await engine.Publish(Inner);
                await engine.Publish(Outer("""{"expression":{"type":"Literal","value":"Wang"}}"""));
                return true;
            });
            var id = await engine.Start("outer");
            await engine.Survive(() => engine.Flows.Publish(new EventToPublish("checked", null, default, EventToPublish.Week, "once"), CancellationToken.None));
            await engine.Quiet();
            plan.IsOver = true;

            Assert.Equal(["passed 4"], Deeds.Of(id).Distinct());
            Assert.Empty(await engine.Survive(() => engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None)));
        }
    }

    [Fact]
    public async Task A_pinned_version_is_run_although_a_newer_one_is_published()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Inner);
        await engine.Publish(Outer("""{"expression":{"type":"Literal","value":"Li"}}""", "check:1"));
        await engine.Publish(Inner.Replace(".length", ".length * 100", StringComparison.Ordinal));

        var id = await engine.Start("outer");
        await engine.Flows.Publish(new EventToPublish("checked", null, default, EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();

        Assert.Equal(["passed 2"], Deeds.Of(id));
    }

    [Fact]
    public async Task Cancelling_the_outer_cancels_the_inner_and_input_of_another_type_is_an_incident()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Inner);
        await engine.Publish(Outer("""{"expression":{"type":"Literal","value":"Li"}}"""));
        var id = await engine.Start("outer");
        await engine.Flows.Cancel(id, null, "operator", CancellationToken.None);
        await engine.Quiet();
        Assert.Equal([9L, 9L], await Statuses(engine));

        await engine.Publish(Outer("""{"expression":{"type":"Literal","value":"Li"}},"sizes":{"expression":{"type":"Literal","value":[1,"two"]}}"""));
        await engine.Start("outer");
        Assert.Contains(3L, await Statuses(engine));
    }

    [Fact]
    public async Task The_published_ones_are_described_and_their_consumers_found()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Inner);
        await engine.Publish(Inner.Replace("Households", "Homes", StringComparison.Ordinal));
        await engine.Publish(Outer("""{"expression":{"type":"Literal","value":"Li"}}"""));

        var descriptor = (await engine.Library.Activities.Published(CancellationToken.None)).Single();
        Assert.Equal(("HouseholdCheck", "Homes", 2), (descriptor.Type, descriptor.Category, descriptor.Version));
        Assert.Equal(["Passed", "Refused"], descriptor.Outcomes.ToArray());
        Assert.Equal(["household", "sizes"], descriptor.Inputs.Select(input => input.JsonName));
        Assert.Equal([typeof(string), typeof(int[])], descriptor.Inputs.Select(input => input.Type));
        Assert.Equal([true, false], (await engine.Library.Activities.WithEarlier(CancellationToken.None)).Select(one => one.IsBrowsable));
        Assert.Equal(["outer"], (await engine.Library.Activities.Consumers("check", CancellationToken.None)).Select(one => one.DefinitionId));
        Assert.Empty(await engine.Library.Activities.Consumers("outer", CancellationToken.None));
    }

    [Fact]
    public async Task A_definition_that_would_contain_itself_is_refused_with_the_chain()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Usable("a", ""));
        await engine.Publish(Usable("b", Step("a")));

        var refused = await engine.Library.Import(Encoding.UTF8.GetBytes(Usable("a", Step("b"))), publish: true, "test", CancellationToken.None);

        Assert.Contains("a → b → a", refused.Problems.Single(problem => problem.Code == "definition.cycle").Message);
        Assert.Null(refused.Stored);
    }

    [Fact]
    public async Task A_missing_input_an_unknown_port_and_a_name_that_is_taken_are_refused()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Inner);

        var outer = await engine.Library.Import(Encoding.UTF8.GetBytes(Outer("null").Replace("Passed", "Praised", StringComparison.Ordinal)), publish: true, "test", CancellationToken.None);
        var twin = await engine.Library.Import(Encoding.UTF8.GetBytes(Inner.Replace("\"check\"", "\"twin\"", StringComparison.Ordinal)), publish: true, "test", CancellationToken.None);

        Assert.Contains(outer.Problems, problem => problem.Code == "definition.missingInput");
        Assert.Contains(outer.Problems, problem => problem.Code == "definition.unknownPort");
        Assert.Contains(twin.Problems, problem => problem.Code == "definition.activityNameTaken");
    }

    private static string Outer(string household, string? version = null) => $$$$"""
        {"definitionId":"outer","name":"outer","version":1,"variables":[{"id":"score","name":"Score","typeName":"System.Int32, System.Private.CoreLib"}],
         "root":{"id":"f","type":"Elsa.Flowchart","activities":[
           {"id":"x","type":"HouseholdCheck","version":1,"workflowDefinitionId":"check","workflowDefinitionVersionId":{{{{(version is null ? "null" : $"\"{version}\"")}}}},
            "customProperties":{"ignoredOutcomes":["Refused"]},"household":{{{{household}}}},"score":{"memoryReference":{"id":"score"}}},
           {"id":"n","type":"Test.Note","text":{"expression":{"type":"JavaScript","value":"'passed ' + getVariable('Score')"}}}],
          "connections":[{"source":{"activity":"x","port":"Passed"},"target":{"activity":"n"}}]}}
        """;

    private static string Usable(string id, string inside) => $$$$"""
        {"definitionId":"{{{{id}}}}","name":"{{{{id}}}}","options":{"usableAsActivity":true},"root":{"id":"s","type":"Elsa.Sequence","activities":[{{{{inside}}}}]}}
        """;

    private static string Step(string id) => $$$$"""{"id":"x","type":"{{{{WorkflowActivities.TypeOf(id)}}}}","version":1,"workflowDefinitionId":"{{{{id}}}}"}""";

    private static Task<List<long>> Statuses(Engine engine) => engine.Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "select status from instance order by created_at, id";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<long> found = [];
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(reader.GetInt64(0));
        }

        return found;
    }, CancellationToken.None);
}
