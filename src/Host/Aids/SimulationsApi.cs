using System.Collections.Immutable;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Simulation;

namespace Relief.Flow.Host.Aids;

/// <summary>Simulations of a definition, of a draft too: run one, paint it, keep it as a test that a publish runs.</summary>
internal static class SimulationsApi
{
    public static void MapSimulations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/definitions/{definitionId}/simulations").WithTags("Definitions").RequireAuthorization(Policies.See);

        group.MapGet("/", List).WithSummary("The simulations that are kept as tests of a definition");
        group.MapPost("/", Run).WithSummary("Play many cases of a version or a draft; nothing is changed and nothing sent").WithMetadata(Repeatable.Kept).Refuses(400, 404, 422);
        group.MapPost("/diagram", Paint).WithSummary("The picture with what a simulation reached painted in it").WithMetadata(Repeatable.Kept)
            .Produces<string>(contentType: "image/svg+xml").Refuses(400, 404, 422);
        group.MapPut("/{name}", Keep).WithSummary("Keep a simulation with what must come of it; from now on a publish runs it").RequireAuthorization(Policies.Design).Refuses(400, 404, 422);
        group.MapDelete("/{name}", Drop).WithSummary("Give a kept simulation up").RequireAuthorization(Policies.Design).Refuses(404);

        // A publish asks here, whoever publishes: the API, the designer or a file.
        var saved = routes.ServiceProvider.GetRequiredService<SavedSimulations>();
        routes.ServiceProvider.GetRequiredService<DefinitionLibrary>().BeforePublish = saved.Check;
    }

    private static async Task<Ok<KeptSimulations>> List(SavedSimulations saved, string definitionId, CancellationToken cancellationToken) =>
        TypedResults.Ok(new KeptSimulations(await saved.Of(definitionId, cancellationToken)));

    private static async Task<Results<Ok<SimulationResult>, ProblemHttpResult>> Run(
        DefinitionLibrary library, Simulations simulations, [FromRoute] string definitionId, [FromBody] AskedSimulation asked, CancellationToken cancellationToken)
    {
        var (definition, refusal) = await Drawn(library, definitionId, asked, cancellationToken);
        return definition is null ? refusal! : TypedResults.Ok(await simulations.Run(definition, asked.ToPlan(), cancellationToken));
    }

    private static async Task<IResult> Paint(
        HttpContext http, DefinitionLibrary library, DrawnPictures pictures, [AsParameters] PaintedSimulation asked)
    {
        var simulation = asked.Simulation ?? new AskedSimulation();
        var (definition, refusal) = await Drawn(library, asked.DefinitionId, simulation, http.RequestAborted);
        if (definition is null)
            return refusal!;

        var language = AidTexts.Language(asked.Lang, http.Request);
        var result = simulation.Result ?? await asked.Simulations.Run(definition, simulation.ToPlan(), http.RequestAborted);
        return pictures.Answer(http, definition, pictures.Style(language, CoveragePaint.Of(definition, result, key => AidTexts.Word(language, key))));
    }

    private static async Task<Results<Ok<SavedSimulation>, ProblemHttpResult>> Keep(
        SavedSimulations saved, [AsParameters] NamedSimulation named, [FromBody] KeptSimulation kept, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (kept.Plan is null || kept.Expectations is null || named.Name.Length > 200)
            return Refusal.Of(422, "simulation.incomplete", "A kept simulation needs a plan, expectations and a name of at most 200 characters.");

        await saved.Keep(named.DefinitionId, named.Name, kept, user.By(), cancellationToken);
        return (await saved.Of(named.DefinitionId, cancellationToken)).FirstOrDefault(one => one.Name == named.Name) is { } now
            ? TypedResults.Ok(now)
            : Refusal.Of(404, "simulation.notFound", "It was given up at the same moment.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Drop(SavedSimulations saved, [AsParameters] NamedSimulation named, CancellationToken cancellationToken) =>
        await saved.Drop(named.DefinitionId, named.Name, cancellationToken) ? TypedResults.NoContent() : Refusal.Of(404, "simulation.notFound", "No simulation is kept under this name.");

    private static async Task<(Definition? Definition, ProblemHttpResult? Refusal)> Drawn(
        DefinitionLibrary library, string definitionId, AskedSimulation asked, CancellationToken cancellationToken)
    {
        if (asked.Draft is not { ValueKind: JsonValueKind.Object } draft)
            return await library.Drawn(definitionId, asked.Version, cancellationToken) is { } found ? (found, null) : (null, DiagramApi.NotFound());

        var reading = DefinitionReader.Read(Encoding.UTF8.GetBytes(draft.GetRawText()));
        return reading.Definition is { } drawn
            ? (drawn, null)
            : (null, Refusal.Of(422, "definition.invalid", "The draft has problems.", ("problems", reading.Problems)));
    }
}

/// <summary>What is to be played.</summary>
public sealed record AskedSimulation
{
    /// <summary>A number, <c>published</c> or <c>latest</c>; the latest when absent.</summary>
    public string? Version { get; init; }

    /// <summary>A definition that is not stored yet, instead of a version.</summary>
    public JsonElement? Draft { get; init; }

    /// <summary>How many, at most 20,000; 1,000 when absent.</summary>
    public int? Cases { get; init; }

    public int? Seed { get; init; }

    public SimulationScript? Script { get; init; }

    /// <summary>New cases in a working day, for the forecast of the work.</summary>
    public double? ArrivalsPerDay { get; init; }

    /// <summary>How many people there are, by role.</summary>
    public ImmutableDictionary<string, double>? Staff { get; init; }

    /// <summary>For a picture: the result to paint, instead of playing again.</summary>
    public SimulationResult? Result { get; init; }

    internal SimulationPlan ToPlan()
    {
        var plan = new SimulationPlan();
        return plan with
        {
            Cases = Math.Clamp(Cases ?? plan.Cases, 1, SimulationPlan.MostCases), Seed = Seed ?? plan.Seed, Script = Script ?? plan.Script,
            ArrivalsPerDay = ArrivalsPerDay, Staff = Staff ?? plan.Staff
        };
    }
}

internal sealed record PaintedSimulation
{
    [FromRoute] public required string DefinitionId { get; init; }

    [FromQuery] public string? Lang { get; init; }

    /// <summary>Nothing said: a thousand cases of the latest version.</summary>
    [FromBody] public AskedSimulation? Simulation { get; init; }

    [FromServices] public required Simulations Simulations { get; init; }
}

internal sealed record NamedSimulation([FromRoute] string DefinitionId, [FromRoute] string Name);

public sealed record KeptSimulations(IReadOnlyList<SavedSimulation> Items);
