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

    private static async Task<IResult> List(ActivityCatalog catalog, DefinitionLibrary library, HttpRequest request, CancellationToken cancellationToken)
    {
        var language = StudioTexts.LanguageOf(request);
        var items = catalog.All.Concat(await library.Activities.WithEarlier(cancellationToken)).Select(descriptor => Shape(descriptor, language)).ToArray();
        return Results.Ok(new { items, count = items.Length });
    }

    // Asked again whenever another input of the activity has changed.
    private static IResult Options(ActivityCatalog catalog, HttpRequest request, string type, string input)
    {
        var activity = catalog.Find(type);
        return Results.Ok(new
        {
            items = activity?.Inputs.FirstOrDefault(one => string.Equals(one.Name, input, StringComparison.OrdinalIgnoreCase)) is { } found
                ? DrawnInput.Editor(activity, found, StudioTexts.LanguageOf(request))
                : []
        });
    }

    public static object Shape(ActivityDescriptor descriptor, string language) => new
    {
        typeName = descriptor.Type,
        @namespace = descriptor.Type.Split('.')[0],
        descriptor.Name,
        descriptor.Version,
        category = ActivityTexts.Category(descriptor, language),
        displayName = ActivityTexts.Name(descriptor, language),
        description = About(descriptor, language),
        kind = descriptor.IsTrigger ? "Trigger" : "Action",
        descriptor.IsBrowsable,
        descriptor.IsContainer,
        isStart = descriptor.Type == "Elsa.Start",
        isTerminal = descriptor.Type is "Elsa.End" or "Elsa.Finish" or "Elsa.Complete",
        customProperties = new Dictionary<string, object> { ["Effect"] = descriptor.Effect.ToString() },
        constructionProperties = Construction(descriptor),
        ports = Ports(descriptor, language),
        inputs = descriptor.Inputs.Select((input, order) => DrawnInput.Of(descriptor, input, order, language)),
        outputs = descriptor.Outputs.Select((output, order) => Output(descriptor, output, order, language))
    };

    // What a definition drawn as an activity must carry: which one, and the version that it had then.
    private static Dictionary<string, object> Construction(ActivityDescriptor descriptor) => descriptor.Workflow is not { } workflow
        ? []
        : new()
        {
            ["workflowDefinitionId"] = workflow.DefinitionId,
            ["workflowDefinitionVersionId"] = workflow.VersionId,
            ["latestAvailablePublishedVersion"] = workflow.Version,
            ["latestAvailablePublishedVersionId"] = workflow.VersionId
        };

    // What a crash in the middle of it means stands beside what it does.
    private static string About(ActivityDescriptor descriptor, string language) =>
        descriptor.Effect == EffectClass.Pure
            ? ActivityTexts.Description(descriptor, language)
            : $"{ActivityTexts.Description(descriptor, language)} {DrawnTexts.In(language, "effect." + descriptor.Effect)}";

    private static object[] Ports(ActivityDescriptor descriptor, string language) =>
    [
        .. descriptor.Inputs.Any(input => input.Hint == UiHints.DynamicOutcomes) ? [] : descriptor.Outcomes.Select(outcome => Port(outcome, ActivityTexts.Port(descriptor, outcome, language), "Flow")),
        .. descriptor.Embedded.Select(member => Port(member, ActivityTexts.Port(descriptor, member, language), "Embedded"))
    ];

    // Connections name ports: only what is shown is translated.
    private static object Port(string name, string displayName, string type) => new { name, displayName, type, isBrowsable = true };

    private static object Output(ActivityDescriptor descriptor, OutputDescriptor output, int order, string language)
    {
        var text = ActivityTexts.Output(descriptor, output, language);
        return new
        {
            output.Name,
            typeName = DrawnInput.Alias(output.Type),
            displayName = text.Name,
            text.Description,
            order,
            isBrowsable = true,
            isSynthetic = false
        };
    }
}
