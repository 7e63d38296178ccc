using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Designer;

/// <summary>The designer's Test tab: one activity alone, with the variables' initial values. Nothing is stored and nothing leaves the house.</summary>
internal static class DrawnTrials
{
    public static void Map(RouteGroupBuilder elsa) => elsa.MapPost("/tests/activities", Try);

    private static async Task<IResult> Try(Trials trials, DefinitionLibrary library, HttpRequest request, TrialRequest body, CancellationToken cancellationToken)
    {
        var definition = body.WorkflowDefinitionHandle?.DefinitionVersionId is { } version ? await library.Version(version, cancellationToken) : null;
        var node = definition?.Nodes.Values.FirstOrDefault(node => node.NodeId == body.ActivityHandle?.ActivityNodeId || node.Id == body.ActivityHandle?.ActivityId);
        if (node is null)
            return DesignerApi.NotFound("activity");

        var tried = await trials.Run(definition!, node, cancellationToken);
        var fault = tried.IsPossible ? tried.Fault : DrawnTexts.In(StudioTexts.LanguageOf(request), "test.cannot");
        return Results.Ok(new
        {
            status = fault is null ? "Completed" : "Faulted",
            activityState = new Dictionary<string, object>(),
            payload = new Dictionary<string, object> { ["Outcomes"] = tried.Outcomes },
            outputs = tried.Outputs,
            exception = fault is null ? null : new ObservedException("Relief.Flow", fault, null, null)
        });
    }
}

public sealed record TrialRequest(TrialVersion? WorkflowDefinitionHandle, TrialActivity? ActivityHandle);

public sealed record TrialVersion(string? DefinitionVersionId);

public sealed record TrialActivity(string? ActivityNodeId, string? ActivityId);
