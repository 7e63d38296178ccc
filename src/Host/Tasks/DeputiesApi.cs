using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Tasks;

/// <summary>代理: who does whose tasks while they are away.</summary>
internal static class DeputiesApi
{
    public static void MapDeputies(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/deputies").WithTags("Tasks").RequireAuthorization(Policies.Work);
        group.MapGet("/", List).WithSummary("The arrangements that concern a person from today on; one's own without a name").Refuses(403, 422);
        group.MapPost("/", Arrange).WithSummary("Let a colleague do one's tasks for some days").WithDescription("For somebody else only by who governs. At most 90 days, one deputy at a time.")
            .WithMetadata(Repeatable.Kept).Refuses(403, 409, 422);
        group.MapDelete("/{id}", End).WithSummary("End an arrangement now").Refuses(403, 404);
    }

    private static async Task<Results<Ok<Listing<StaffDeputy>>, ProblemHttpResult>> List(DeputyDesk desk, string? staff, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if ((staff ?? user.Acting()) is not { } person)
            return new Fields().Add("staff", "The staff id of the person.").Refused!;
        return DeputyDesk.MayFor(person, user) ? TypedResults.Ok(new Listing<StaffDeputy>(await desk.Of(person, cancellationToken))) : DeputyDesk.NotYours();
    }

    private static async Task<Results<Created<StaffDeputy>, ProblemHttpResult>> Arrange(DeputyDesk desk, NewDeputy body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var asked = body with { Staff = body.Staff ?? user.Acting() };
        var (made, refused) = await desk.Arrange(asked, user, cancellationToken);
        return refused is not null ? refused : TypedResults.Created($"/api/v1/deputies?staff={asked.Staff}", made);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(DeputyDesk desk, string id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.End(id, user, cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <summary>An arrangement as it is sent.</summary>
/// <param name="Staff">Who is away; who asks, when not said.</param>
/// <param name="Deputy">Who does their tasks.</param>
/// <param name="From">The first day, in China.</param>
/// <param name="To">The last day.</param>
public sealed record NewDeputy(string? Staff, string? Deputy, DateOnly? From, DateOnly? To, string? Reason);
