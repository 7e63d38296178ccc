using System.Collections.Concurrent;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Pathways;

/// <summary>Every story once undisturbed, and again with the process dying at each write of the store: the town is left in the same state.</summary>
/// <remarks>
/// A story has hundreds of writes, so the deaths are all in one telling: whatever is written for the first time is refused, or, in two stories, written
/// and not answered; the next process goes on from the database, and people repeat what they were not answered for. Notices go to a receiver that keeps
/// everything: each of them must come under one key of its own, however often it comes.
/// </remarks>
public sealed class StoriesWithDeaths
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<Telling>>> Undisturbed = new();

    public static IEnumerable<Type> Stories { get; } = [.. typeof(PathwayStory).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PathwayStory)))];

    /// <summary>Told also with deaths after each write, whose answer is then lost: a list that leaves the house, a life. For the store this is
    /// proven call by call (<see cref="EveryCrashPoint"/>), and the engine knows no story.</summary>
    private static readonly string[] AlsoUnanswered = ["CharityPathway", "DoorbellPathway"];

    public static TheoryData<string, bool> Tellings
    {
        get
        {
            var tellings = new TheoryData<string, bool>();
            foreach (var story in Stories.Where(type => type is { IsAbstract: true }).Select(type => type.Name).Order(StringComparer.Ordinal))
            {
                tellings.Add(story, false);
                if (AlsoUnanswered.Contains(story))
                    tellings.Add(story, true);
            }

            return tellings;
        }
    }

    [Theory]
    [MemberData(nameof(Tellings))]
    public async Task A_story_ends_the_same_when_the_process_dies_at_each_of_its_writes(string story, bool afterTheWrite)
    {
        var type = Stories.Single(one => one is { IsAbstract: false, Name: "OnSqlite" } && one.BaseType!.Name == story);
        var expected = await Undisturbed.GetOrAdd(type, _ => new(() => Tell(type, new CrashPlan()))).Value;
        var plan = new CrashPlan { Everywhere = true, AfterIt = afterTheWrite };

        var told = await Tell(type, plan);

        AreSame(expected.End, told.End);
        AreSame(expected.Notices, told.Notices);
        Assert.True(plan.Deaths >= expected.Writes * 3 / 4, $"{plan.Deaths} deaths at {expected.Writes} writes");
        // Dead before it was marked as sent: then everything is sent twice, and unless it is the proof of the keys proves nothing.
        Assert.True(afterTheWrite || told.Deliveries >= 2 * told.Notices.Count, $"{told.Deliveries} deliveries of {told.Notices.Count} notices");
    }

    [Fact]
    public void Every_definition_has_a_story_that_plays_it()
    {
        var played = Stories.Where(type => !type.IsAbstract).SelectMany(type => ((PathwayStory)Activator.CreateInstance(type)!).Plays).ToHashSet();

        Assert.Empty(Directory.GetFiles(Repository.At("definitions"), "*.json").Select(Path.GetFileNameWithoutExtension).Except(played));
    }

    [Fact]
    public void Every_story_is_told_on_both_databases() => Assert.All(Stories.Where(type => type.IsAbstract), story => Assert.Equal(
        [StorageKind.Sqlite, StorageKind.PostgreSql],
        Stories.Where(type => type.BaseType == story).Select(type => ((PathwayStory)Activator.CreateInstance(type)!).Kind).Order()));

    private static void AreSame(IReadOnlyList<string> expected, IReadOnlyList<string> told)
    {
        var (before, now) = (expected.CountBy(line => line).ToHashSet(), told.CountBy(line => line).ToHashSet());
        Assert.True(before.SetEquals(now), string.Join('\n', before.Except(now).Select(line => $"missing {line}").Concat(now.Except(before).Select(line => $"new {line}"))));
    }

    private static async Task<Telling> Tell(Type type, CrashPlan plan)
    {
        var story = (PathwayStory)Activator.CreateInstance(type)!;
        await using var world = (await OutsideWorld.Open()).Answers("POST /notices", OutsideAnswer.Ok);
        await using var town = await Town.Open(story.Kind, story.Begins, plan, new Uri(world.Address, "notices"));
        await story.TellAndProve(town, plan);

        var byKey = world.RequestsTo("POST /notices").GroupBy(request => request.Header("Idempotency-Key")!).ToList();
        Assert.All(byKey, key => Assert.Single(key.Select(request => request.Body).Distinct()));
        Assert.Empty((await town.Rows("select id from outbox where kind = 2 and state = 2")).Except(byKey.Select(key => key.Key)));
        return new Telling(
            await TownEnd.Of(town), [.. byKey.Select(key => TownEnd.Plain(key.First().Body)).Order(StringComparer.Ordinal)], byKey.Sum(key => key.Count()), plan.Met);
    }

    /// <param name="End">How it has left the town.</param>
    /// <param name="Notices">What the receiver has got, once per key.</param>
    /// <param name="Deliveries">How often it got something.</param>
    /// <param name="Writes">How many different writes it took.</param>
    private sealed record Telling(IReadOnlyList<string> End, IReadOnlyList<string> Notices, int Deliveries, int Writes);
}
