using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Visibility;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Access;

/// <summary>Make, list and revoke keys of applications.</summary>
internal static class KeysApi
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/keys").WithTags("Keys").RequireAuthorization(Policies.Keys);

        group.MapGet("/", List).WithSummary("All keys, without their secrets");
        group.MapPost("/", Create).WithSummary("Make a key; its secret is shown this once").WithMetadata(Repeatable.Never).Refuses(409, 422);
        group.MapDelete("/{id}", Revoke).WithSummary("Revoke a key").Refuses(404);
    }

    private static async Task<Ok<ApiKeyList>> List(ApiKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ApiKeyList(await keys.List(cancellationToken)));

    private static async Task<Results<Created<CreatedApiKey>, ProblemHttpResult>> Create(
        ApiKeys keys, ReliefRecords records, CreateApiKey body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("name", body.Name is { Length: > 0 and <= 100 }, "A name of 1 to 100 characters is needed.")
            .Check("roles", Roles.AreKnown(body.Roles), Roles.Choice);
        if (body.Units is { Count: > 0 } units)
        {
            await using var db = records.ReadingAll();
            var unknown = await new VisibilityQueries(db).Unknown(units, cancellationToken);
            fields.Check("units", unknown.Count == 0, $"No area or organisation: {string.Join(", ", unknown)}.")
                .Check("units", body.Roles is null || !body.Roles.Any(Policies.RolesOf(Policies.Watch).Contains), "A role that watches the whole county has no units.");
        }

        if (fields.Refused is { } refused)
            return refused;

        return await keys.Create(new NewApiKey(body.Name!, body.Roles!, body.ExpiresAt) { Units = body.Units ?? [] }, user.By(), cancellationToken) is { } made
            ? TypedResults.Created($"/api/v1/keys/{made.Key.Id}", new CreatedApiKey(made.Key, made.Secret))
            : Refusal.Of(409, "key.nameTaken", "A key of this name exists.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(ApiKeys keys, string id, CancellationToken cancellationToken) =>
        await keys.Revoke(id, cancellationToken) ? TypedResults.NoContent() : Refusal.Of(404, "key.notFound", "There is no such key.");
}

public sealed record ApiKeyList(IReadOnlyList<ApiKey> Items);

/// <param name="Roles">admin, designer, operator, auditor, app, or relief roles.</param>
/// <param name="ExpiresAt">From then on it is refused; null for never.</param>
/// <param name="Units">Areas and organisations whose records a key of relief roles may see besides what it made itself; who acts for people sees what they see.</param>
public sealed record CreateApiKey(string? Name, IReadOnlyList<string>? Roles, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Units);

/// <param name="Secret">Send it as <c>Authorization: ApiKey …</c>. It cannot be had again.</param>
public sealed record CreatedApiKey(ApiKey Key, string Secret);
