using System.Text.Json;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Designer;

/// <summary>The toolbox: every activity type as the designer draws and edits it, in the language of the browser.</summary>
internal static class DrawnActivities
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/descriptors/activities", List);
        elsa.MapPost("/descriptors/activities/{type}/options/{input}", Options);
    }

    private static IResult List(ActivityCatalog catalog, HttpRequest request)
    {
        var language = StudioTexts.LanguageOf(request);
        var items = catalog.All.Select(descriptor => Shape(descriptor, language)).ToArray();
        return Results.Ok(new { items, count = items.Length });
    }

    // Asked again whenever another input of the activity has changed.
    private static IResult Options(ActivityCatalog catalog, HttpRequest request, string type, string input) =>
        Results.Ok(new
        {
            items = catalog.Find(type)?.Inputs.FirstOrDefault(one => string.Equals(one.Name, input, StringComparison.OrdinalIgnoreCase)) is { } found
                ? DrawnInput.Editor(found, StudioTexts.LanguageOf(request))
                : []
        });

    public static object Shape(ActivityDescriptor descriptor, string language) => new
    {
        typeName = descriptor.Type,
        @namespace = descriptor.Type.Split('.')[0],
        descriptor.Name,
        version = 1,
        descriptor.Category,
        displayName = language == "zh" ? descriptor.Chinese ?? descriptor.Name : descriptor.Name,
        description = descriptor.Description,
        kind = descriptor.IsTrigger ? "Trigger" : "Action",
        descriptor.IsBrowsable,
        descriptor.IsContainer,
        isStart = descriptor.Type == "Elsa.Start",
        isTerminal = descriptor.Type is "Elsa.End" or "Elsa.Finish" or "Elsa.Complete",
        customProperties = new Dictionary<string, object> { ["Effect"] = descriptor.Effect.ToString() },
        constructionProperties = new Dictionary<string, object>(),
        ports = Ports(descriptor),
        inputs = descriptor.Inputs.Select((input, order) => DrawnInput.Of(input, order, language)),
        outputs = descriptor.Outputs.Select((output, order) => Output(output, order, language))
    };

    private static object[] Ports(ActivityDescriptor descriptor) =>
    [
        .. descriptor.Inputs.Any(input => input.Hint == UiHints.DynamicOutcomes) ? [] : descriptor.Outcomes.Select(outcome => Port(outcome, "Flow")),
        .. descriptor.Embedded.Select(member => Port(JsonNamingPolicy.CamelCase.ConvertName(member), "Embedded"))
    ];

    private static object Port(string name, string type) => new { name, displayName = name, type, isBrowsable = true };

    private static object Output(OutputDescriptor output, int order, string language) => new
    {
        output.Name,
        typeName = DrawnInput.Alias(output.Type),
        displayName = language == "zh" ? output.Chinese ?? output.Name : output.Name,
        output.Description,
        order,
        isBrowsable = true,
        isSynthetic = false
    };
}
