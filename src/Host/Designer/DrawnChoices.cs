using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Designer;

/// <summary>The lists from which the designer's settings choose: strategies, drivers, types, expression languages, features.</summary>
/// <remarks>Names are Elsa's, so that a definition drawn here means the same there.</remarks>
internal static class DrawnChoices
{
    private const string Core = "Elsa.Workflows.Core";

    public static void Map(RouteGroupBuilder elsa)
    {
        var descriptors = elsa.MapGroup("/descriptors");
        descriptors.MapGet("/expression-descriptors", () => List(Expressions));
        descriptors.MapGet("/workflow-activation-strategies", (HttpRequest request) => Strategies(request, "activation"));
        descriptors.MapGet("/incident-strategies", (HttpRequest request) => Strategies(request, "incident"));
        descriptors.MapGet("/log-persistence-strategies", (HttpRequest request) => Strategies(request, "log"));
        descriptors.MapGet("/commit-strategies/workflows", (HttpRequest request) => Commit(request));
        descriptors.MapGet("/commit-strategies/activities", (HttpRequest request) => Commit(request));
        descriptors.MapGet("/storage-drivers", (HttpRequest request) => List([new
        {
            typeName = "WorkflowInstanceStorageDriver", displayName = Text(request, "driver.instance"), priority = 5, deprecated = false
        }]));
        descriptors.MapGet("/variables", (HttpRequest request) => List(Types.Select(type => new
        {
            typeName = type.Name, displayName = Text(request, "type." + type.Name), category = Text(request, "group." + type.Group), description = (string?)null
        })));
        descriptors.MapGet("/output-converters", () => List(Array.Empty<object>()));
        elsa.MapGet("/features/installed", () => List(Features));
        elsa.MapGet("/features/installed/{name}", (string name) => Features.FirstOrDefault(feature => feature.FullName == name) is { } found ? Results.Ok(found) : DesignerApi.NotFound("feature"));
        elsa.MapGet("/workflow-contexts/provider-descriptors", () => List(Array.Empty<object>()));
        elsa.MapGet("/package/version", () => Results.Ok(new { packageVersion = "3.8.2" }));
        elsa.MapGet("/resilience/strategies", () => List(Array.Empty<object>()));
        elsa.MapGet("/resilience/retries/{id}", () => List(Array.Empty<object>()));
    }

    private static readonly Feature[] Features = [new("RealTimeWorkflowUpdates", "Elsa", "Elsa.RealTimeWorkflowUpdates", "Real-time workflow updates", "")];

    private static readonly object[] Expressions =
    [
        Expression("Literal", "Literal", false, null), Expression("Object", "Object", false, null), Expression("Variable", "Variable", true, null),
        Expression("Input", "Input", true, null), Expression("JavaScript", "JavaScript", true, "javascript"), Expression("Handlebars", "Handlebars", true, "handlebars")
    ];

    // The first "Object" is what a new variable gets.
    private static readonly (string Name, string Group)[] Types =
    [
        ("Object", "primitives"), ("String", "primitives"), ("Boolean", "primitives"), ("Int32", "primitives"), ("Int64", "primitives"), ("Decimal", "primitives"), ("Double", "primitives"),
        ("DateTimeOffset", "time"), ("DateOnly", "time"), ("TimeSpan", "time"), ("Guid", "primitives"), ("ObjectDictionary", "lists")
    ];

    // By the kind of strategy: Elsa's type name and the key of its texts.
    private static readonly Dictionary<string, (string Type, string Key)[]> Named = new()
    {
        ["activation"] =
        [
            ($"Elsa.Workflows.Runtime.ActivationValidators.AlwaysStrategy, Elsa.Workflows.Runtime", "always"),
            ($"Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime", "singleton"),
            ($"Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime", "correlation"),
            ($"Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime", "correlatedSingleton")
        ],
        ["incident"] =
        [
            ($"Elsa.Workflows.IncidentStrategies.FaultStrategy, {Core}", "fault"),
            ($"Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, {Core}", "continue")
        ],
        ["log"] =
        [
            ($"Elsa.Workflows.LogPersistence.Strategies.Inherit, {Core}", "inherit"),
            ($"Elsa.Workflows.LogPersistence.Strategies.Include, {Core}", "include"),
            ($"Elsa.Workflows.LogPersistence.Strategies.Exclude, {Core}", "exclude")
        ]
    };

    private static IResult Strategies(HttpRequest request, string kind) => List(Named[kind].Select(strategy => new
    {
        typeName = strategy.Type, displayName = Text(request, $"{kind}.{strategy.Key}"), description = Text(request, $"{kind}.{strategy.Key}.about")
    }));

    // Every burst is one commit here, whatever is chosen; the one choice says so.
    private static IResult Commit(HttpRequest request) => List([new { name = "Burst", displayName = Text(request, "commit.burst"), description = Text(request, "commit.burst.about") }]);

    private static object Expression(string type, string name, bool isBrowsable, string? language) => new
    {
        type, displayName = name, isSerializable = true, isBrowsable, properties = language is null ? [] : new Dictionary<string, object> { ["MonacoLanguage"] = language }
    };

    private static string Text(HttpRequest request, string key) => DrawnTexts.In(StudioTexts.LanguageOf(request), key);

    private static IResult List<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        return Results.Ok(new { items = all, count = all.Length });
    }

    private sealed record Feature(string Name, string Namespace, string FullName, string DisplayName, string Description);
}
