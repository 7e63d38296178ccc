using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What an <see cref="Engine"/> is made of, again and again on one database.</summary>
internal sealed record EngineParts
{
    /// <summary>How to open the store again and again on one database.</summary>
    public required Func<IFlowStore> Open { get; init; }

    /// <summary>When the process dies; never, unless a test says so.</summary>
    public CrashPlan Plan { get; init; } = new();

    public RuntimeOptions Options { get; init; } = new() { NodeId = 1 };

    /// <summary>Where the clock stands still at first.</summary>
    public DateTimeOffset Clock { get; init; } = Engine.Monday;

    /// <summary>Whose activities there are.</summary>
    public Assembly Activities { get; init; } = typeof(Engine).Assembly;

    /// <summary>What those activities ask for.</summary>
    public Action<IServiceCollection> Also { get; init; } = _ => { };
}
