using System.Globalization;
using System.Text;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Tests.Kernel;

/// <summary>Random diagrams, random answers, random stimuli: whatever happens, nothing stalls silently and the end leaves nothing behind.</summary>
public sealed class RandomWalks
{
    [Fact]
    public void Every_walk_ends_or_waits_and_a_replay_gives_the_same_instance()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            Walk(seed);
        }
    }

    private static void Walk(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(2, 9);
        var player = Draw(random, count);
        for (var i = 0; i < count; i++)
        {
            _ = random.Next(4) switch
            {
                0 => player.WaitsAt($"n{i}"),
                1 when random.Next(3) == 0 => player.Answers($"n{i}", new Faulted("x", "planted")),
                _ => player
            };
        }

        player.Begin();
        for (var move = 0; move < 60 && player.Instance.IsOpen; move++)
        {
            if (player.WaitingAt is { Length: > 0 } waiting && random.Next(3) > 0)
            {
                player.Wake(waiting[random.Next(waiting.Length)]);
            }
            else if (!player.Instance.Incidents.IsEmpty)
            {
                player.Answers(player.Instance.Incidents[0].ActivityId, new Completed(Activity.Done)).Send(new Retry(null, "walk", Player.Noon));
            }
        }

        Assert.False(player.Instance.IsOpen, $"seed {seed}: {player.Instance.Status} at {string.Join(',', player.WaitingAt)}");
        var set = player.Effects.OfType<SetBookmark>().Select(effect => effect.Id).ToArray();
        Assert.Equal(set.Length, set.Distinct().Count());
    }

    private static Player Draw(Random random, int count)
    {
        StringBuilder activities = new();
        StringBuilder lines = new();
        for (var i = 0; i < count; i++)
        {
            activities.Append(CultureInfo.InvariantCulture, $"n{i}{(random.Next(5) == 0 ? ":FlowJoin" : "")} ");
            foreach (var target in Enumerable.Range(i + 1, count - i - 1).Where(_ => random.Next(3) == 0).DefaultIfEmpty(Math.Min(i + 1, count - 1)).Where(target => target != i))
            {
                lines.Append(CultureInfo.InvariantCulture, $"n{i}>n{target} ");
            }
        }

        var modes = new[] { "WaitAll", "WaitAllActive", "WaitAny" };
        return new Player(Drawn.Flowchart(activities.ToString(), lines.ToString(), envelope =>
        {
            foreach (var join in envelope["root"]!["activities"]!.AsArray().Where(node => (string?)node!["type"] == "Elsa.FlowJoin"))
            {
                join!["mode"] = Drawn.Literal(modes[random.Next(3)]);
            }
        }));
    }
}
