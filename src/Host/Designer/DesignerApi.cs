using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Designer;

/// <summary>Elsa's REST contract under <c>/elsa/api</c>, as far as it starts and observes work. Foreign shapes stay in this folder.</summary>
internal static class DesignerApi
{
    public static void MapDesigner(this IEndpointRouteBuilder routes)
    {
        var elsa = routes.MapGroup("/elsa/api").ExcludeFromDescription().RequireAuthorization(Policies.Observe);
        DrawnDefinitions.Map(elsa);
        DrawnStarts.Map(elsa);
        ObservedInstances.Map(elsa);
        ObservedActivities.Map(elsa);
        DrawnActivities.Map(elsa);
        DrawnChoices.Map(elsa);
        DrawnSaves.Map(elsa);
        DrawnBulk.Map(elsa);
        DrawnScripts.Map(elsa);
        DrawnTrials.Map(elsa);
        ObservedFiles.Map(elsa);
        routes.MapHub<LiveHub>("/elsa/hubs/workflow-instance").ExcludeFromDescription().RequireAuthorization(Policies.Watch);
    }

    /// <summary>How Elsa reports what is wrong: each text becomes a message in the designer.</summary>
    public static IResult Invalid(IEnumerable<string> errors) =>
        Results.Json(new { errors = new { generalErrors = errors } }, statusCode: StatusCodes.Status400BadRequest, contentType: "application/problem+json");

    public static IResult NotFound(string what) => Refusal.Of(404, $"{what}.notFound", $"There is no such {what}.");

    /// <summary>Elsa's ids of instances are texts; ours are UUIDs, with or without hyphens.</summary>
    public static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;
}
