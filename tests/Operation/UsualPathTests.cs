using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage.Steps;

namespace Relief.Flow.Tests.Operation;

/// <summary>What usually lies between a step and the end: the longest of branches, the usual of outcomes, never more than is known.</summary>
public sealed class UsualPathTests
{
    // Twice, four and eight times as much are the ends of buckets too: nothing is rounded.
    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(1 << 16);

    [Theory]
    [InlineData("a", 8)] // b is quicker than c beside it, d follows both
    [InlineData("b", 4)]
    [InlineData("d", 0)]
    public void Of_branches_the_longest_counts(string step, int units) =>
        Assert.Equal(units, After(Drawing("a b c d", "a>b a>c b>d c>d"), step, ("a", 1, "Done"), ("b", 2, "Done"), ("c", 4, "Done"), ("d", 4, "Done")));

    [Fact]
    public void The_outcome_by_which_a_step_is_mostly_left_is_the_way()
    {
        var drawing = Drawing("a b c", "a.Yes>b a.No>c");
        Assert.Equal(8, After(drawing, "a", ("a", 1, "Yes"), ("b", 8, "Done"), ("c", 2, "Done")));
        Assert.Equal(2, After(drawing, "a", ("a", 1, "No"), ("b", 8, "Done"), ("c", 2, "Done")));
        // Where nothing is known the shorter way is held to be possible.
        Assert.Equal(2, After(drawing, "a", ("b", 8, "Done"), ("c", 2, "Done")));
        // An outcome that nothing is drawn for ends it.
        Assert.Equal(0, After(drawing, "a", ("a", 1, "Late"), ("b", 8, "Done")));
    }

    [Fact]
    public void A_circle_and_what_leads_past_the_limit_have_no_estimate()
    {
        var circle = Drawing("a b c", "a>b b.Back>a b.On>c");
        Assert.Null(After(circle, "a", ("a", 1, "Done"), ("b", 2, "Back")));
        Assert.Equal(6, After(circle, "a", ("a", 1, "Done"), ("b", 2, "On"), ("c", 4, "Done")));

        var until = Drawing("a b c", "a>b b>c", "b");
        Assert.Equal(2, After(until, "a", ("a", 1, "Done"), ("b", 2, "Done"), ("c", 4, "Done")));
        Assert.Equal(0, After(until, "b"));
        Assert.Null(After(until, "c"));
    }

    [Fact]
    public void A_step_with_few_runs_takes_no_time() =>
        Assert.Equal(0, Rest(Drawing("a b", "a>b"), "a", Time("b", 4, "Done", runs: StepTime.Enough - 1)));

    private static double? After(Definition drawing, string step, params (string Step, int Units, string Outcome)[] times) =>
        Rest(drawing, step, [.. times.Select(time => Time(time.Step, time.Units, time.Outcome))]);

    private static double? Rest(Definition drawing, string step, params StepTime[] times)
    {
        var outlook = Outlooks.Of(drawing, null, times.ToDictionary(time => time.ActivityId)).FirstOrDefault(one => one.ActivityId == step);
        return outlook?.Rest / Unit;
    }

    private static StepTime Time(string step, int units, string outcome, int runs = StepTime.Enough) =>
        Enumerable.Range(0, runs).Aggregate(new StepTime { DefinitionId = "drawn", ActivityId = step }, (sum, _) => sum.With(new StepEnd("drawn", step, units * Unit, [outcome])));

    private static Definition Drawing(string steps, string lines, string? until = null) => Drawn.Flowchart(steps, lines, envelope =>
    {
        var deadline = new JsonObject { ["days"] = 30 };
        if (until is not null)
            deadline["until"] = until;
        envelope["customProperties"] = new JsonObject { ["deadline"] = deadline };
    });
}
