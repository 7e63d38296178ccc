using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relief.Flow.Activities;
using Relief.Flow.Tests.Definitions;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Simulation;

namespace Relief.Flow.Tests.Simulation;

public sealed class SimulatorTests
{
    private static readonly ActivityCatalog Catalog = new([typeof(ReliefDatabase).Assembly]);

    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.At("definitions"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    // So many decisions in a row that 400 random walks do not see the end of it.
    private static readonly HashSet<string> Long =
        ["pathway.charity", "pathway.departmental-linkage", "pathway.institutional-care", "pathway.neighbour-aid", "pathway.social-work-volunteer", "procedure.fasttrack"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_definition_can_be_played_at_random_and_reaches_each_of_its_steps(string id)
    {
        var definition = DefinitionReader.Read(File.ReadAllBytes(Repository.At("definitions", id + ".json"))).Definition!;
        var cases = Long.Contains(id) ? SimulationPlan.MostCases : 400;
        var result = await Play(definition, new SimulationPlan { Cases = cases });

        Assert.Equal(cases, result.Cases);
        Assert.Empty(result.NeverReached);
        Assert.Empty(result.EndlessLoops);
        Assert.True(result.DeadEnds.IsEmpty, string.Join("; ", result.DeadEnds.Select(dead => $"{dead.ActivityId}: {dead.Reason}")));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_result_and_another_one_another()
    {
        var first = await Play(Choice, new SimulationPlan { Cases = 300, Seed = 5 });
        var again = await Play(Choice, new SimulationPlan { Cases = 300, Seed = 5 });
        var other = await Play(Choice, new SimulationPlan { Cases = 300, Seed = 6 });

        Assert.Equal(Figures(first), Figures(again));
        Assert.NotEqual(Figures(first), Figures(other));
    }

    [Fact]
    public async Task Weights_durations_and_outputs_are_those_of_the_script()
    {
        var result = await Play(Choice, new SimulationPlan
        {
            Cases = 2_000,
            Script = Script("approve", new ActivityScript
            {
                Outcomes = ImmutableDictionary<string, double>.Empty.Add("Approved", 9).Add("Rejected", 1),
                Takes = new PlayedDuration(DurationKind.Fixed, 12, Unit: DurationUnit.WorkingHours)
            })
        });

        Assert.InRange(result.Lines.Single(line => line.Port == "Approved").Share, 0.87, 0.93);
        var time = result.Activities.Single(one => one.ActivityId == "approve").Time;
        Assert.Equal(12, time.WorkingP50, 1);
        // From Monday 9:00: eight hours on Monday, four on Tuesday.
        Assert.Equal(28, time.P50, 1);
    }

    [Fact]
    public async Task Delays_pass_in_virtual_time_and_expressions_are_evaluated()
    {
        var definition = Drawn.Flowchart(
            """
            { "id": "wait", "type": "Elsa.Delay", "timeSpan": { "expression": { "type": "Literal", "value": "3.00:00:00" } } },
            { "id": "set", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n", "typeName": "Object" }, "value": { "expression": { "type": "JavaScript", "value": "getInput('start') + 1" } } },
            { "id": "more", "type": "Elsa.FlowDecision", "condition": { "expression": { "type": "JavaScript", "value": "getVariable('n') > 1" } } },
            { "id": "yes", "type": "Elsa.WriteLine" }, { "id": "no", "type": "Elsa.WriteLine" }
            """,
            $"{Drawn.Line("wait", "Done", "set")}, {Drawn.Line("set", "Done", "more")}, {Drawn.Line("more", "True", "yes")}, {Drawn.Line("more", "False", "no")}",
            """ "variables": [{ "id": "n", "name": "n", "typeName": "Int32" }],""");
        var result = await Play(definition, new SimulationPlan { Cases = 10, Script = new SimulationScript { Input = ImmutableDictionary<string, JsonElement>.Empty.Add("start", JsonElement.Parse("4")) } });

        Assert.Equal(10, result.Finished);
        Assert.Equal(72, result.Duration.P50);
        Assert.Equal("no", Assert.Single(result.NeverReached));
    }

    [Fact]
    public async Task A_join_that_waits_for_a_branch_that_never_comes_is_a_dead_end_with_its_path()
    {
        var definition = Drawn.Flowchart(
            """
            { "id": "choose", "type": "Elsa.FlowDecision", "condition": { "expression": { "type": "Literal", "value": true } } },
            { "id": "a", "type": "Elsa.WriteLine" }, { "id": "b", "type": "Elsa.WriteLine" },
            { "id": "fault", "type": "Elsa.Fault", "message": { "expression": { "type": "Literal", "value": "so it goes" } } }
            """,
            $"{Drawn.Line("choose", "True", "a")}, {Drawn.Line("choose", "False", "b")}, {Drawn.Line("a", "Done", "fault")}, {Drawn.Line("b", "Done", "fault")}");
        var dead = Assert.Single((await Play(definition, new SimulationPlan { Cases = 20 })).DeadEnds);

        Assert.Equal(("fault", 20), (dead.ActivityId, dead.Cases));
        Assert.Equal(["choose", "a", "fault"], dead.Path.SkipWhile(step => step == "flow"));
    }

    [Fact]
    public async Task An_outcome_for_which_nothing_is_drawn_is_told()
    {
        var result = await Play(Choice, new SimulationPlan { Cases = 5, Script = Script("approve", new ActivityScript { Outcomes = ImmutableDictionary<string, double>.Empty.Add("Escalated", 1) }) });
        Assert.Contains("Escalated", Assert.Single(result.DeadEnds).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_that_the_author_ignores_happens_too_and_is_no_dead_end()
    {
        var definition = Drawn.Flowchart(
            """
            { "id": "s", "type": "Elsa.Start" },
            { "id": "duty", "type": "Relief.EmergencyDispatch", "customProperties": { "ignoredOutcomes": ["Dispatched", "Declined", "NotNeeded"] } }
            """,
            $"{Drawn.Line("s", "Done", "duty")}, {Drawn.Line("duty", "Failed", "duty")}");
        var result = await Play(definition, new SimulationPlan { Cases = 50 });

        Assert.Equal(50, result.Finished);
        Assert.Empty(result.EndlessLoops);
        Assert.Empty(result.DeadEnds);
    }

    [Fact]
    public async Task A_circle_without_end_is_found_and_named()
    {
        var definition = Drawn.Flowchart(
            """{ "id": "a", "type": "Elsa.WriteLine" }, { "id": "b", "type": "Elsa.WriteLine" }, { "id": "s", "type": "Elsa.Start" }""",
            $"{Drawn.Line("s", "Done", "a")}, {Drawn.Line("a", "Done", "b")}, {Drawn.Line("b", "Done", "a")}");
        var loop = Assert.Single((await Play(definition, new SimulationPlan { Cases = 3, StepLimit = 200 })).EndlessLoops);

        Assert.Equal(["a", "b"], loop.Circle.Order());
        Assert.Equal(3, loop.Cases);
    }

    [Fact]
    public async Task Work_beyond_the_staff_is_foretold()
    {
        var script = Script("approve", new ActivityScript { Role = "reviewer", Work = 2 });
        var load = Assert.Single((await Play(Choice, new SimulationPlan
        {
            Cases = 50, Script = script, ArrivalsPerDay = 6, Staff = ImmutableDictionary<string, double>.Empty.Add("reviewer", 1)
        })).Load);

        Assert.Equal(("reviewer", 12, 2, 6, 2, 6), (load.Role, load.HoursPerDay, load.StaffNeeded, load.Capacity, load.Utilisation, load.BacklogPerDay));
    }

    [Fact]
    public async Task Expectations_that_do_not_hold_say_which()
    {
        var result = await Play(Choice, new SimulationPlan { Cases = 100, Script = Script("approve", new ActivityScript { Outcomes = ImmutableDictionary<string, double>.Empty.Add("Approved", 1) }) });

        Assert.Empty(new SimulationExpectations { Reached = ["yes"], NotReached = ["no"], Shares = [new ExpectedShare("yes", null, 1, 0)] }.Check("holds", result));
        var failed = new SimulationExpectations { Reached = ["no"], NotReached = ["yes"], Shares = [new ExpectedShare("yes", null, 0.5)] }.Check("fails", result);
        Assert.Equal(3, failed.Length);
        Assert.All(failed, problem => Assert.Equal(("definition.simulationFailed", false), (problem.Code, problem.IsWarning)));
        Assert.Contains(failed, problem => Problems.Tell(problem, "zh").Contains("不再到达“no”", StringComparison.Ordinal));
    }

    [Fact]
    public void Working_hours_pass_from_nine_to_five_on_working_days()
    {
        var friday = new DateTimeOffset(2026, 3, 6, 16, 0, 0, TimeSpan.FromHours(8));
        var monday = WorkTime.Weekdays.Add(friday, 2);

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8)), monday);
        Assert.Equal(2, WorkTime.Weekdays.HoursBetween(friday, monday), 6);
        Assert.Equal(0, WorkTime.Weekdays.HoursBetween(friday.AddHours(3), friday.AddHours(40)), 6);
    }

    private static Definition Choice { get; } = Drawn.Flowchart(
        """{ "id": "approve", "type": "Relief.Approval" }, { "id": "yes", "type": "Elsa.WriteLine" }, { "id": "no", "type": "Elsa.WriteLine" }""",
        $"{Drawn.Line("approve", "Approved", "yes")}, {Drawn.Line("approve", "Rejected", "no")}");

    private static SimulationScript Script(string activity, ActivityScript script) => new() { Activities = ImmutableDictionary<string, ActivityScript>.Empty.Add(activity, script) };

    private static string Figures(SimulationResult result) => string.Join("|", result.Lines) + string.Join("|", result.Activities);

    private static async Task<SimulationResult> Play(Definition definition, SimulationPlan plan)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var simulator = new Simulator(Catalog, new NodeInputs(new ExpressionEvaluator()), new ActivityRunner(Catalog, services), TimeProvider.System);
        return await simulator.Run(definition, plan, new SimulationLimits(WorkTime.Weekdays, TimeSpan.FromMinutes(2)), CancellationToken.None);
    }
}
