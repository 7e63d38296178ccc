using Relief.Flow.Tests.Runtime;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Pathways;

/// <summary>A story of the town, told on both databases: each is an abstract class with one heir per database.</summary>
/// <remarks>Each telling is an object of its own. With deaths in it, it is told by <see cref="StoriesWithDeaths"/>.</remarks>
public abstract class PathwayStory
{
    /// <summary>The definitions that run in it.</summary>
    public abstract IReadOnlyList<string> Plays { get; }

    /// <summary>When it begins.</summary>
    public abstract DateTimeOffset Begins { get; }

    public abstract StorageKind Kind { get; }

    [Fact]
    public async Task It_ends_as_it_should()
    {
        await using var town = await Town.Open(Kind, Begins);
        await TellAndProve(town, new CrashPlan());
    }

    /// <summary>Tells it in an open town; then the journal is proven, and that each definition it names was really started.</summary>
    internal async Task TellAndProve(Town town, CrashPlan plan)
    {
        await Tell(town);
        plan.IsOver = true;
        await town.Quiet();
        await History.Holds(town.Store);
        Assert.Empty(Plays.Except(await town.Rows("select distinct definition_id from instance")));
    }

    private protected abstract Task Tell(Town town);
}
