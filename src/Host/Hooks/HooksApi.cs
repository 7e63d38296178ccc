using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Hooks;

/// <summary>Requests from outside that start a pathway or are waited for in one: <c>/workflows/…</c>, as drawn with <c>Elsa.HttpEndpoint</c>.</summary>
internal static class HooksApi
{
    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        // The designer's own links are absolute and would end here.
        Designer("definitions/{id}/edit");
        Designer("instances/{id}/view");

        // Who may call is drawn at each endpoint, so it is asked when the endpoint is known.
        routes.Map("/workflows/{**path}", (HookDoor door, HttpContext context, string? path) => door.Receive(context, path ?? "", context.RequestAborted))
            .AllowAnonymous().ExcludeFromDescription().WithMetadata(Repeatable.Stated);

        void Designer(string pattern) => routes.MapGet($"/workflows/{pattern}", (HttpContext context) => Results.Redirect($"/studio{context.Request.Path.ToUriComponent()}{context.Request.QueryString}"))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
