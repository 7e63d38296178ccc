using System.Text.Json.Nodes;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Tests.Kernel;

/// <summary>The merge modes of an ordinary activity where branches meet.</summary>
public sealed class JoinTests
{
    [Theory]
    [InlineData("None", 1)]
    [InlineData("Stream", 1)]
    [InlineData("Merge", 1)]
    [InlineData("Converge", 1)]
    [InlineData("Cascade", 2)]
    [InlineData("Race", 1)]
    public void Two_branches_meet_as_often_as_the_mode_says(string mode, int times)
    {
        var player = Meeting(mode, "a l r m", "a>l a>r l>m r>m").Begin();

        Assert.Equal(times, player.Ran.Count(name => name == "m"));
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Theory]
    [InlineData("Stream", true)]
    [InlineData("Merge", false)]
    [InlineData("Converge", false)]
    [InlineData("Race", true)]
    public void A_branch_that_was_not_taken_is_waited_for_by_merge_and_converge_alone(string mode, bool begins)
    {
        var player = Meeting(mode, "d l r m", "d.L>l d.R>r l>m r>m").Answers("d", new Completed("L")).Begin();

        Assert.Equal(begins, player.Ran.Contains("m"));
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Theory]
    [InlineData("Merge", 2)]
    [InlineData("Converge", 0)]
    public void A_line_that_loops_back_counts_for_converge_alone(string mode, int times)
    {
        var answers = new Queue<string>(["Again", "Enough"]);
        var player = Meeting(mode, "a m d", "a>m m>d d.Again>m").Answers("d", () => new Completed(answers.Dequeue())).Begin();

        // Merge: once for the way in, and the loop's token alone does not begin it again unless the way in has one too.
        Assert.Equal(mode == "Merge" ? 1 : times, player.Ran.Count(name => name == "m"));
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_stream_runs_again_for_a_loop()
    {
        var answers = new Queue<string>(["Again", "Again", "Enough"]);
        var player = Meeting("Stream", "a m d", "a>m m>d d.Again>m").Answers("d", () => new Completed(answers.Dequeue())).Begin();

        Assert.Equal(["a", "m", "d", "m", "d", "m", "d"], player.Ran);
    }

    [Fact]
    public void A_race_takes_the_other_branch_back_with_what_waits_on_its_way()
    {
        var player = Meeting("Race", "a p q g w m", "a>p a>q a>w p>g q>g g>m w>m", ("g", "Merge")).WaitsAt("q").WaitsAt("w").Begin();
        Assert.Equal(["q", "w"], player.WaitingAt.Order());

        player.Wake("w");

        Assert.Equal("m", player.Ran[^1]);
        Assert.DoesNotContain("g", player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("Merge")]
    [InlineData("Race")]
    public void Two_outcomes_of_one_run_that_lead_to_the_same_activity_begin_it_once(string mode)
    {
        var player = Meeting(mode, "a m", "a.Done>m a.True>m").Answers("a", new Completed("Done") { Also = ["True"] }).Begin();

        Assert.Equal(["a", "m"], player.Ran);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    public void The_order_of_the_activities_in_the_file_decides_nothing(string mode)
    {
        string[] activities = ["begin:Start", "aside", "f", "l", "r", "l2", "j:FlowJoin", "d", "end"];
        const string lines = "begin>f f>l f>r l>l2 l2>j r>j j>d d.Again>f d.Enough>end";
        string[]? first = null;
        for (var seed = 0; seed < 40; seed++)
        {
            new Random(seed).Shuffle(activities);
            var answers = new Queue<string>(["Again", "Enough"]);
            var player = new Player(Drawn.Flowchart(string.Join(' ', activities), lines, envelope => Drawn.Find(envelope, "j")["mode"] = Drawn.Literal(mode)))
                .Answers("d", () => new Completed(answers.Count == 0 ? "Enough" : answers.Dequeue())).Begin();

            first ??= [.. player.Ran];
            Assert.Equal(first, player.Ran);
            Assert.Equal("begin", player.Ran[0]);
            Assert.DoesNotContain("aside", player.Ran);
        }
    }

    private static Player Meeting(string mode, string activities, string lines, params (string Id, string Mode)[] more) => new(Drawn.Flowchart(activities, lines, envelope =>
    {
        foreach (var (id, own) in more.Append(("m", mode)))
        {
            Drawn.Find(envelope, id)["customProperties"] = new JsonObject { ["mergeMode"] = own };
        }
    }));
}
