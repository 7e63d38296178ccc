using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Access;

/// <summary>Make, list and end people's accounts, and the sessions that are open.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(Policies.Keys);
        users.MapGet("/", List).WithSummary("All users");
        users.MapPost("/", Create).WithSummary("Make a user; the first password is shown this once and has to be changed").WithMetadata(Repeatable.Never).Refuses(409, 422);
        users.MapPost("/{id}/password", Reset).WithSummary("Give a user another first password; it opens the lock and ends the sessions").WithMetadata(Repeatable.Never).Refuses(404);
        users.MapDelete("/{id}", Disable).WithSummary("End a user and every session of theirs").Refuses(404);

        var sessions = routes.MapGroup("/sessions").WithTags("Users").RequireAuthorization(Policies.Keys);
        sessions.MapGet("/", OpenSessions).WithSummary("Who is signed in");
        sessions.MapDelete("/{id}", EndSession).WithSummary("End a session").Refuses(404);
    }

    private static async Task<Ok<UserList>> List(Users users, CancellationToken cancellationToken) => TypedResults.Ok(new UserList(await users.List(cancellationToken)));

    private static async Task<Results<Created<CreatedUser>, ProblemHttpResult>> Create(Users users, CreateUser body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("name", body.Name is { } name && Actor.StaffId().IsMatch(name), "The staff id: 1 to 100 letters, digits or . _ : @ -.")
            .Check("roles", Roles.AreKnown(body.Roles), Roles.Choice);
        if (fields.Refused is { } refused)
            return refused;

        return await users.Create(body.Name!, body.Roles!, user.By(), cancellationToken) is { } made
            ? TypedResults.Created($"/api/v1/users/{made.User.Id}", made)
            : Refusal.Of(409, "user.nameTaken", "A user of this name exists.");
    }

    private static async Task<Results<Ok<CreatedUser>, ProblemHttpResult>> Reset(Users users, string id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await users.Reset(id, user.By(), cancellationToken) is { } reset ? TypedResults.Ok(reset) : NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> Disable(Users users, string id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await users.Disable(id, user.By(), cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static async Task<Ok<SessionList>> OpenSessions(Sessions sessions, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SessionList(await sessions.List(cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSession(Sessions sessions, string id, CancellationToken cancellationToken) =>
        await sessions.End(id, cancellationToken) ? TypedResults.NoContent() : Refusal.Of(404, "session.notFound", "There is no such session, or it has ended.");

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "user.notFound", "There is no such user, or it was ended.");
}

public sealed record UserList(IReadOnlyList<AppUser> Items);

/// <param name="Name">The staff id of somebody in the staff register, else a name of your choice.</param>
/// <param name="Roles">admin, designer, operator, auditor, or relief roles.</param>
public sealed record CreateUser(string? Name, IReadOnlyList<string>? Roles);

/// <param name="FirstPassword">It opens nothing but the page that changes it, and cannot be had again.</param>
public sealed record CreatedUser(AppUser User, string FirstPassword);

public sealed record SessionList(IReadOnlyList<OpenSession> Items);
