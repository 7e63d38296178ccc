using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Pathways;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Hooks;

/// <summary>Finds the endpoint of a request, lets in who may call it, and answers with what the instance answers.</summary>
/// <remarks>Problems: <c>hook.notFound</c>, <c>hook.ambiguous</c>, <c>hook.faulted</c>, and those of a start.</remarks>
internal sealed class HookDoor(TriggerQueries triggers, RequestRuns runs, Installation installation, IAuthorizationService rights, IAuthorizationPolicyProvider policies)
{
    private const string CorrelationHeader = "X-Correlation-Id";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IResult> Receive(HttpContext context, string path, CancellationToken cancellationToken)
    {
        if (RepeatedRequests.KeyOf(context) is { } key && await installation.Recall(key, cancellationToken) is { IsNew: false } earlier)
            return await Repeat(context, key, earlier, cancellationToken);

        var keys = HttpRoute.Candidates(context.Request.Method.ToUpperInvariant(), path);
        if (await triggers.ForRequest(keys, cancellationToken) is { } trigger)
            return await Start(context, path, trigger, cancellationToken);

        return await triggers.Waiting([.. keys.Select(HttpRoute.EventKey)], Correlation(context), cancellationToken) switch
        {
            [] => NotFound(),
            [var waiting] => await Wake(context, path, waiting, cancellationToken),
            _ => Refusal.Of(409, "hook.ambiguous", $"Several instances wait for this request. Name one by its correlation, in {CorrelationHeader} or in the query as correlationId.")
        };
    }

    private async Task<IResult> Start(HttpContext context, string path, StandingTrigger trigger, CancellationToken cancellationToken)
    {
        var gate = FlowJson.To<HttpGate>(trigger.Settings)!;
        if (await Refuse(context, gate) is { } refused)
            return refused;

        var key = RepeatedRequests.KeyOf(context);
        if (await ReceivedRequest.Read(context.Request, path, RequestRuns.IdOf(key), gate.SizeLimit, cancellationToken) is not { } request)
            return Refusal.Of(413, "request.tooLarge", $"The body has more than {gate.SizeLimit} bytes.");

        var wish = new StartInstance(trigger.DefinitionId, default, context.User.Identity is { IsAuthenticated: true } ? context.User.By() : "anonymous")
        {
            Version = VersionChoice.Exactly(trigger.Version),
            CorrelationId = Correlation(context),
            Key = key,
            Trigger = new TriggerFired(trigger.ActivityId, TriggerKind.Http, FlowJson.Of(request))
        };
        return Answer(await runs.Start(wish, request, Shorter(gate.Timeout), cancellationToken), trigger.DefinitionId, context);
    }

    private async Task<IResult> Wake(HttpContext context, string path, WaitingRequest waiting, CancellationToken cancellationToken)
    {
        if (await Refuse(context, GateOf(waiting.Name)) is { } refused)
            return refused;

        var request = await ReceivedRequest.Read(context.Request, path, RequestRuns.IdOf(RepeatedRequests.KeyOf(context)), null, cancellationToken);
        var result = await runs.Wake(waiting, request!, Patience, cancellationToken);
        if (result is not RequestLate && RepeatedRequests.KeyOf(context) is { } key)
            await installation.Keep(key, new StoredAnswer(202, JsonSerializer.Serialize(new { instanceId = waiting.InstanceId })), CancellationToken.None);
        return Answer(result, "", context);
    }

    // The key belongs to its caller, who was let in the first time. Where the request went stands beside it; the answer stands there.
    private async Task<IResult> Repeat(HttpContext context, IdempotencyKey key, IdempotentAnswer earlier, CancellationToken cancellationToken)
    {
        if (!earlier.IsSameRequest || earlier.Answer is not { } kept)
            return RepeatedRequests.Reused();

        context.Response.Headers[RepeatedRequests.ReplayedHeader] = "true";
        var instance = JsonElement.Parse(kept.Body).GetProperty("instanceId").GetGuid();
        return Answer(await runs.Answer(instance, RequestRuns.IdOf(key), Patience, cancellationToken), "", context);
    }

    private async Task<IResult?> Refuse(HttpContext context, HttpGate gate)
    {
        if (!gate.Authorize)
            return null;

        if (context.User.Identity is not { IsAuthenticated: true })
            return Results.Challenge();

        var policy = string.IsNullOrWhiteSpace(gate.Policy) ? Policies.Start : gate.Policy;
        return await policies.GetPolicyAsync(policy) is { } rule && (await rights.AuthorizeAsync(context.User, rule)).Succeeded ? null : Results.Forbid();
    }

    // What is open says so; a name of any other kind asks for a key.
    private static HttpGate GateOf(string bookmark)
    {
        var name = bookmark.Split(' ')[0];
        return new HttpGate(name != HttpRoute.OpenName, name.StartsWith(HttpRoute.GuardedName + ":", StringComparison.Ordinal) ? name[(HttpRoute.GuardedName.Length + 1)..] : null);
    }

    private static IResult Answer(RequestResult result, string definitionId, HttpContext context)
    {
        // What a pathway answers must not act as a page of ours.
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return result switch
        {
            RequestAnswered { Answer: { Status: 413, Body: null } } => Refusal.Of(413, "request.tooLarge", "The body is larger than the endpoint accepts."),
            RequestAnswered answered => new HookAnswer(answered.Answer),
            RequestUnanswered { Status: "Faulted" } faulted => Refusal.Of(500, "hook.faulted", "The pathway has an incident.", ("instanceId", faulted.InstanceId)),
            RequestUnanswered unanswered => Results.Json(
                new { instanceId = unanswered.InstanceId, status = unanswered.Status }, statusCode: unanswered.Status == "Finished" ? 200 : 202),
            RequestRefused refused => PathwaysApi.Answer(refused.Why, definitionId, context),
            _ => NotFound()
        };
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "hook.notFound", "No pathway takes such a request.");

    private static string? Correlation(HttpContext context) =>
        (context.Request.Headers[CorrelationHeader].ToString() is { Length: > 0 } named ? named : context.Request.Query["correlationId"].ToString()) is { Length: > 0 and <= 200 } id ? id : null;

    private static TimeSpan Shorter(TimeSpan? asked) => asked is { } time && time > TimeSpan.Zero && time < Patience ? time : Patience;
}
