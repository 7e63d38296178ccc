using System.Collections.Immutable;
using Relief.Flow.Host.Aids;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Drawing;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>Definitions with what is open of each, and for one of them the drawing with the numbers at its steps.</summary>
internal static class DefinitionPages
{
    public static void MapDefinitionPages(this RouteGroupBuilder console)
    {
        console.MapGet("/definitions", List);
        console.MapGet("/definitions/{id}", Show);
        console.MapGet("/definitions/{id}/load.svg", Picture);
    }

    private static async Task<IResult> List(DefinitionQueries queries, OverviewQueries overview, HttpContext context, string? text)
    {
        var found = await queries.Search(new DefinitionSearch { Versions = "Latest", Text = text }, context.RequestAborted);
        var loads = (await overview.ByDefinition(context.RequestAborted)).ToDictionary(load => load.DefinitionId);
        var lines = found.Items.Select(one => new DefinitionRow(one, loads.GetValueOrDefault(one.DefinitionId)))
            .OrderByDescending(row => row.Load?.Faulted ?? 0).ThenByDescending(row => row.Load?.Open ?? 0).ThenBy(row => row.Line.Name, StringComparer.Ordinal);
        return Doorway.Page<DefinitionsPage>(context, new DefinitionsModel([.. lines], text));
    }

    private static async Task<IResult> Show(DrawnNames names, OverviewQueries overview, HttpContext context, string id)
    {
        if (await names.Drawing(id, context.RequestAborted) is not { } drawing)
            return Doorway.Missing(context);

        return Doorway.Page<DefinitionPage>(context, new DefinitionModel(
            drawing, await overview.ByStatus(id, context.RequestAborted), await overview.ByStep(id, context.RequestAborted), await overview.Faults(id, context.RequestAborted)));
    }

    private static async Task<IResult> Picture(DrawnNames names, OverviewQueries overview, DrawnPictures pictures, HttpContext context, string id)
    {
        if (await names.Drawing(id, context.RequestAborted) is not { } drawing)
            return Results.NotFound();

        var visitor = Doorway.VisitorOf(context);
        var steps = await overview.ByStep(id, context.RequestAborted);
        var most = steps.Select(step => step.Waiting + step.Faulted).DefaultIfEmpty(1).Max();
        var paint = new DiagramPaint { Activities = steps.ToImmutableDictionary(step => step.ActivityId, step => MarkOf(visitor, step, most)) };
        return pictures.Answer(context, drawing, StandingPaint.Style(pictures, visitor, paint));
    }

    private static Mark MarkOf(Visitor visitor, StepLoad step, int most)
    {
        var badge = (step.Waiting, step.Faulted) switch
        {
            (_, 0) => visitor.Say("heat.waiting", step.Waiting),
            (0, _) => visitor.Say("heat.faulted", step.Faulted),
            _ => visitor.Say("heat.both", step.Waiting, step.Faulted)
        };
        return new Mark(step.Faulted > 0 ? MarkKind.Stuck : MarkKind.Standing, badge, (double)(step.Waiting + step.Faulted) / most);
    }
}

/// <param name="Load">Null when nothing of it is open.</param>
public sealed record DefinitionRow(DefinitionLine Line, DefinitionLoad? Load);

/// <param name="Text">What was searched for.</param>
public sealed record DefinitionsModel(IReadOnlyList<DefinitionRow> Rows, string? Text);

/// <param name="Steps">The steps where something stands, over all versions.</param>
public sealed record DefinitionModel(Definition Drawing, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<StepLoad> Steps, IReadOnlyList<FaultGroup> Faults);
