using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Adapters;
using Relief.Flow.Host.Outbox;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>What is to leave the house: by target and state, and the rows behind each number.</summary>
internal static class OutboxPages
{
    public static void MapOutboxPages(this RouteGroupBuilder console)
    {
        console.MapGet("/outbox", Show);
        console.MapPost("/outbox/pause", (TargetDesk desk, HttpContext context) => Turn(desk, context, isPause: true));
        console.MapPost("/outbox/resume", (TargetDesk desk, HttpContext context) => Turn(desk, context, isPause: false));
    }

    private static async Task<IResult> Turn(TargetDesk desk, HttpContext context, bool isPause)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var refused = isPause
            ? await desk.Pause(form["target"], form["reason"], visitor.By, context.RequestAborted)
            : await desk.Resume(form["target"], visitor.By, context.RequestAborted);
        return Doorway.Onwards(context, "console/outbox" + Doorway.Query(("problem", refused is null ? null : Doorway.TextOf(refused, "outbox"))));
    }

    private static async Task<IResult> Show(OverviewQueries overview, OutboxQueries outbox, OutgoingTargets targets, AdapterBoard adapters, [AsParameters] AskedOutbox asked, HttpContext context)
    {
        var (target, state) = (asked.Target, asked.State);
        var stop = context.RequestAborted;
        var filter = new OutboxFilter { Target = string.IsNullOrEmpty(target) ? null : target, States = string.IsNullOrEmpty(state) ? [] : [state] };
        return Doorway.Page<OutboxPage>(context, new OutboxModel(
            await overview.ByTarget(Doorway.VisitorOf(context).Now - OutboxQueries.Slow, stop), await outbox.List(filter, asked.After, 50, stop), target, state)
        {
            Flows = await targets.List(stop),
            Adapters = await adapters.List(stop),
            Problem = asked.Problem
        });
    }
}

/// <summary>What is asked for, as the address says.</summary>
public sealed record AskedOutbox
{
    [FromQuery(Name = "target")] public string? Target { get; init; }

    [FromQuery(Name = "state")] public string? State { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "problem")] public string? Problem { get; init; }
}

/// <param name="Target">Which target's rows are shown; null for all.</param>
/// <param name="State">Which state's; null for all.</param>
public sealed record OutboxModel(IReadOnlyList<TargetLoad> Targets, Page<OutboxLine> Rows, string? Target, string? State)
{
    /// <summary>What goes where, and what a pause would leave behind.</summary>
    public required IReadOnlyList<TargetFlow> Flows { get; init; }

    /// <summary>How it goes with each outside system.</summary>
    public required IReadOnlyList<AdapterHealth> Adapters { get; init; }

    /// <summary>How a state is painted.</summary>
    public static string MarkOf(AdapterHealth health) => health.State switch
    {
        "Well" => "finished",
        "Failing" => "faulted",
        "Paused" => "suspended",
        _ => "pending"
    };

    /// <summary>The key of what was refused; null when nothing was.</summary>
    public string? Problem { get; init; }
}
