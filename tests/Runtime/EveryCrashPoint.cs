using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Runtime;

/// <summary>One long story, told once undisturbed and then again with the process dying at each of its writes: before it, and after it but before the answer.</summary>
public abstract class EveryCrashPoint
{
    /// <summary>How to open the store again and again on a database of its own.</summary>
    protected abstract Task<Func<IFlowStore>> Database();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_story_ends_the_same_wherever_the_process_dies(bool afterTheWrite)
    {
        var undisturbed = new CrashPlan { Calls = Points };
        var expected = await Tell(undisturbed);
        Assert.Equal(["begun", "paid", "child", "after"], expected);
        Assert.InRange(undisturbed.Count, 8, 60);

        for (var at = 1; at <= undisturbed.Count; at++)
        {
            var plan = new CrashPlan { At = at, AfterIt = afterTheWrite, Calls = Points };
            var told = await Tell(plan);
            // An effect inside a burst that was not committed may show twice (I4), but never out of order, and nothing is missing.
            Assert.Equal(expected, told.Distinct().ToArray());
        }
    }

    private static readonly string[] Points = ["Start", "Commit", "Publish", "Act", "SettleOutbox"];

    // Start, wait for an event, a child, a delay of ten days, in which it goes over to another version, and a task with a deadline; each deed repeated by its client when no answer came.
    private async Task<string[]> Tell(CrashPlan plan)
    {
        await using var engine = await Engine.Open(await Database(), plan);
        await engine.Survive(async () =>
        {
            await engine.Publish(Child());
            await engine.Publish(Story());
            return true;
        });
        var id = await engine.Start("story", correlationId: "c-1");
        await engine.Survive(() => engine.Flows.Publish(new EventToPublish("paid", "c-1", default, EventToPublish.Week, "paid-1"), CancellationToken.None));
        await engine.Quiet();
        await GoOver(engine, id);
        await engine.TimePasses(TimeSpan.FromDays(11));
        var task = await engine.OpenTask();
        var done = await engine.Survive(() => engine.Flows.Act(new TaskDeed(task, TaskVerb.Complete, "li", Outcome: "Yes"), CancellationToken.None));
        Assert.True(done.Outcome is TaskOutcome.Done or TaskOutcome.Repeated, done.Outcome.ToString());
        await engine.Quiet();

        await History.Holds(engine.Store);
        return [.. Deeds.Of(id)];
    }

    private static async Task GoOver(Engine engine, Guid id)
    {
        await engine.Survive(async () =>
        {
            await engine.Publish(Story("the next version"));
            return true;
        });
        var next = await engine.Survive(async () => (await engine.Library.Find("story", VersionChoice.Published, CancellationToken.None))!);
        Assert.Equal(2, next.Number);
        var mail = new NewMail(id, MailKind.Mend, FlowJson.Of(new MendByHand("migrate", 0, next.VersionId, null, "law of 2026", "li, wang")), "over-1");
        await engine.Survive(() => engine.Store.Send(mail, CancellationToken.None));
        await engine.Quiet();
    }

    private static string Child() => Drawn.FlowchartJson("n", "", envelope => Drawn.Find(envelope, "n")["type"] = "Elsa.Start", "story-child");

    private static string Story(string? description = null) => Drawn.FlowchartJson(
        "begun e:Event paid c:ExecuteWorkflow child d:Delay t after", "begun>e e>paid paid>c c>child child>d d>t t.Yes>after",
        envelope =>
        {
            envelope["description"] = description;
            foreach (var name in new[] { "begun", "paid", "child", "after" })
            {
                Drawn.Find(envelope, name)["type"] = "Test.Note";
            }

            Set(envelope, "e", "eventName", "paid");
            Set(envelope, "c", "workflowDefinitionId", "story-child");
            Set(envelope, "d", "timeSpan", "10.00:00:00");
            Drawn.Find(envelope, "t")["type"] = "Test.Decide";
            Drawn.Find(envelope, "t")["customProperties"] = new JsonObject { ["ignoredOutcomes"] = new JsonArray("No", "Late") };
            Set(envelope, "t", "hours", 400);
        }, "story");

    private static void Set(JsonObject envelope, string id, string input, object value) => Drawn.Find(envelope, id)[input] = Drawn.Literal(value);

    public sealed class OnSqlite : EveryCrashPoint
    {
        protected override Task<Func<IFlowStore>> Database()
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, "flow.db");
            return Task.FromResult<Func<IFlowStore>>(() => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System));
        }
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : EveryCrashPoint
    {
        protected override async Task<Func<IFlowStore>> Database()
        {
            var database = await PostgresTemplate.Copy();
            return () => new PostgresStore(database);
        }
    }
}
