using System.Runtime.CompilerServices;

namespace Relief.Flow.Tests.Host;

/// <summary>A host that has ended is gone: a process may start many, one after the other.</summary>
public sealed class EndedHostTests
{
    [Fact]
    public async Task Nothing_of_a_host_that_has_ended_is_kept_in_memory()
    {
        var records = await Ended();
        for (var tries = 0; tries < 50 && records.IsAlive; tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.False(records.IsAlive, "a timer, a listener or a static holds the ended host");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Ended()
    {
        await using var host = await TestHost.OnSqlite();
        await host.Publish(Sketches.ThreeDays);
        await (await host.Client.PostAsync("/api/v1/pathways/three-days/instances", Answers.Body("{}"))).Is(System.Net.HttpStatusCode.Accepted);
        await host.TimePasses("P4D");
        return new WeakReference(host.Records);
    }
}
