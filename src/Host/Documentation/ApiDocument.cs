using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Documentation;

/// <summary>The description of the API at <c>/openapi/v1.json</c>, and the page at <c>/docs</c> that shows it.</summary>
internal static class ApiDocument
{
    private const string Scheme = "ApiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = route => route.RelativePath is { } path
            && (path.StartsWith("api/v1", StringComparison.Ordinal) || path.StartsWith("health", StringComparison.Ordinal));
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer((operation, context, _) => Headers(operation, context));
    }

    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapGet("/docs", Page).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Relief.Flow",
            Version = "v1",
            Description = "Start and observe relief pathways. Errors are RFC 9457 problems with a stable `code`. "
                + "Every POST honours `Idempotency-Key`: the same request again gets the first answer, another one 409."
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "Authorization",
                Description = "`Authorization: ApiKey <key>`. An application acting for a person adds `X-Acting-User: <staff id>`."
            }
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task Headers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Repeatable>().LastOrDefault() is { IsHonoured: true })
            Add(operation, RepeatedRequests.Header, "Makes a repeat of this request harmless.");
        if (metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
            Add(operation, Actor.Header, "The person for whom an application acts.");
        // A list in the query may be empty, whatever its compiled binding says.
        foreach (var list in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter is { In: ParameterLocation.Query, Schema.Type: JsonSchemaType.Array }))
            list.Required = false;
        Examples.Add(operation, context.Description.RelativePath ?? "");
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string header, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }
        });
    }

    private static async Task<IResult> Page(CancellationToken cancellationToken)
    {
        await using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("Relief.Flow.Host.Documentation.reference.html")!;
        using var reader = new StreamReader(stream);
        return Results.Content(await reader.ReadToEndAsync(cancellationToken), "text/html; charset=utf-8");
    }
}
