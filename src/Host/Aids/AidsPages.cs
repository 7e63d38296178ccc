using System.Collections.Frozen;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>The pages beside the editor, in the same frame: validation, simulation, comparison, picture.</summary>
internal static class AidsPages
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly PageFolder Pages = new("Relief.Flow.Host.Aids.Pages");
    private static readonly FrozenSet<string> Tabs = new[] { "validation", "simulation", "diff", "picture" }.ToFrozenSet(StringComparer.Ordinal);

    public static void MapAidsPages(this IEndpointRouteBuilder routes)
    {
        var studio = routes.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/aids/{definitionId}", Open).WithMetadata(new Needs(Policies.Watch, "/studio")).AddEndpointFilter<Doorway>();
        studio.MapGet("/aids-own/texts.{language}.json", (string language) => Results.Json(AidTexts.All(language == AidTexts.English ? AidTexts.English : AidTexts.Chinese)));
        studio.MapGet("/aids-own/{file}", (HttpContext context, string file) => Pages.Serve(context, file));
    }

    private static async Task<IResult> Open(DefinitionLibrary library, HttpContext context, string definitionId, string? tab)
    {
        if (await library.Drawn(definitionId, null, context.RequestAborted) is not { } definition)
            return Results.NotFound();

        var shown = tab is not null && Tabs.Contains(tab) ? tab : "validation";
        var language = StudioTexts.LanguageOf(context.Request);
        var page = Pages.Page("aids.html", AidTexts.All(language),
        [
            .. StudioPages.Facts(context), ("language", language), ("id", definition.Id), ("name", definition.Name), ("tab", shown),
            ("title", AidTexts.Word(language, "title." + shown)), ("bar", StudioPages.Bar(context, shown, definition.Id))
        ]);
        return StudioPages.Guarded(context, page, Policy);
    }
}
