using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Adapters;

/// <summary>The outside systems and how it goes with each.</summary>
internal static class AdaptersApi
{
    public static void MapAdapters(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/adapters", List).WithTags("Adapters").RequireAuthorization(Policies.Watch)
            .WithSummary("The outside systems: whether there is an address, when it last answered, what waits or failed since, who stands in for it by hand");

    private static async Task<Ok<Listing<AdapterHealth>>> List(AdapterBoard board, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listing<AdapterHealth>(await board.List(cancellationToken)));
}
