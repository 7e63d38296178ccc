using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Finds how a definition starts by itself, and says what is wrong with it.</summary>
/// <remarks>
/// Codes: <c>definition.triggerInput</c> (it depends on a variable or input, which nothing has before a start), <c>.triggerInvalid</c>,
/// <c>.triggerPlace</c>, <c>.triggerTwice</c>, <c>.triggerPast</c> (a warning), <c>.unknownActivation</c>.
/// </remarks>
internal sealed class StartTriggers(ExpressionEvaluator evaluator, DateTimeOffset now)
{
    private readonly ImmutableArray<NewTrigger>.Builder _found = ImmutableArray.CreateBuilder<NewTrigger>();
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();

    /// <param name="now">Business time: schedules begin after it.</param>
    public static (ImmutableArray<NewTrigger> Triggers, ImmutableArray<Problem> Problems) Of(
        Definition definition, ActivityCatalog catalog, ExpressionEvaluator evaluator, DateTimeOffset now)
    {
        var triggers = new StartTriggers(evaluator, now);
        foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow && catalog.Find(node.Type) is { IsTrigger: true }).OrderBy(node => node.NodeId, StringComparer.Ordinal))
        {
            triggers.Add(definition, node);
        }

        if (ActivationNames.Of(definition.Options) is null)
        {
            triggers._problems.Add(new Problem(
                "definition.unknownActivation", "The activation strategy must be Always, Singleton, Correlation or CorrelatedSingleton.", $"options.{ActivationNames.Member}").Told([]));
        }

        return (triggers._found.ToImmutable(), triggers._problems.ToImmutable());
    }

    private void Add(Definition definition, Node node)
    {
        if (!CanBegin(definition, node))
        {
            Wrong("definition.triggerPlace", node, "it lies where nothing can begin: the way to it must go through flowcharts, or through sequences that begin with it.");
            return;
        }

        try
        {
            switch (node.Type)
            {
                case "Elsa.Event":
                    Keep(node, new NewTrigger(node.Id, TriggerKind.Event, Text(node, "eventName")));
                    break;
                case "Elsa.HttpEndpoint":
                    Endpoint(node);
                    break;
                case "Elsa.Cron":
                    Scheduled(node, Schedule.Cron(Text(node, "cronExpression").Trim()));
                    break;
                case "Elsa.Timer":
                    Scheduled(node, Schedule.Every(Bound<TimeSpan>(node, "interval") ?? throw new FormatException("it needs an interval.")));
                    break;
                case "Elsa.StartAt":
                    Scheduled(node, Schedule.At(Bound<DateTimeOffset>(node, "dateTime") ?? throw new FormatException("it needs a moment.")));
                    break;
            }
        }
        catch (FormatException wrong)
        {
            Wrong("definition.triggerInvalid", node, wrong.Message);
        }
        catch (NotSupportedException unknown)
        {
            Wrong("definition.triggerInput", node, unknown.Message);
        }
    }

    private void Endpoint(Node node)
    {
        var path = Text(node, "path");
        var route = HttpRoute.Parse(path) ?? throw new FormatException($"'{path}' is not a path of 1 to {HttpRoute.MostParts} parts such as orders/{{id}}.");
        var gate = new HttpGate(
            Bound<bool>(node, "authorize") ?? true, InputBinding.Bind(Value(node, "policy"), typeof(string)).Value as string,
            Bound<TimeSpan>(node, "requestTimeout"), Bound<bool>(node, "exposeRequestTooLargeOutcome") is true ? null : Bound<long>(node, "requestSizeLimit"));
        var methods = InputBinding.Bind(Value(node, "supportedMethods"), typeof(string[])).Value as string[] ?? ["GET"];
        if (methods.Length == 0)
        {
            throw new FormatException("it needs a method.");
        }

        foreach (var method in methods.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Keep(node, new NewTrigger(node.Id, TriggerKind.Http, route.KeyOf(method), FlowJson.Of(gate)));
        }
    }

    private void Scheduled(Node node, Schedule schedule)
    {
        var next = schedule.Next(now, now);
        Keep(node, new NewTrigger(node.Id, TriggerKind.Schedule, schedule.Text, Due: next));
        if (next is null)
        {
            _problems.Add(new Problem("definition.triggerPast", $"'{node.DisplayText}' starts nothing: its moment is past.", null, node.Id, IsWarning: true).Told([node.DisplayText]));
        }
    }

    private void Keep(Node node, NewTrigger trigger)
    {
        if (trigger.Kind != TriggerKind.Schedule && _found.Any(other => other.Kind == trigger.Kind && other.Key == trigger.Key))
        {
            Wrong("definition.triggerTwice", node, $"another activity of this definition starts by '{trigger.Key}' too.");
            return;
        }

        _found.Add(trigger);
    }

    private string Text(Node node, string input) =>
        InputBinding.Bind(Value(node, input), typeof(string)).Value is string text && !string.IsNullOrWhiteSpace(text) ? text : throw new FormatException($"it needs a value for '{input}'.");

    private T? Bound<T>(Node node, string input) where T : struct
    {
        var (value, error) = InputBinding.Bind(Value(node, input), typeof(T));
        return error is null ? (T?)value : throw new FormatException($"'{input}': {error}");
    }

    private JsonElement Value(Node node, string input)
    {
        if (!node.Inputs.TryGetValue(input, out var expression))
        {
            return default;
        }

        if (expression.Type is Expression.Variable or Expression.Input || !evaluator.Inspect(expression).VariableNames.IsEmpty)
        {
            throw new NotSupportedException($"'{input}' depends on a value that nothing has before the start.");
        }

        var result = evaluator.Evaluate(expression, new ExpressionScope
        {
            VariableById = Nothing, VariableByName = Nothing, InputByName = Nothing, Now = now, InstanceId = ""
        });
        return result.Error is { } error ? throw new FormatException($"'{input}': {error}") : result.Value;
    }

    private static JsonElement Nothing(string name) => throw new NotSupportedException($"it reads '{name}', which has no value before the start.");

    private static bool CanBegin(Definition definition, Node node) =>
        node.Parent is not { } parent || !definition.Nodes.TryGetValue(parent, out var holder)
        || (holder.Type == "Elsa.Flowchart" || (holder.Type == "Elsa.Sequence" && holder.Activities is [var first, ..] && first.Id == node.Id)) && CanBegin(definition, holder);

    private void Wrong(string code, Node node, string why) =>
        _problems.Add(new Problem(code, $"'{node.DisplayText}' cannot start the workflow: {why}", null, node.Id).Told([node.DisplayText, why]));
}

/// <summary>What a request must pass before it starts an instance.</summary>
/// <param name="Authorize">Whether the caller needs a key.</param>
/// <param name="Policy">What the key must allow; null for the right to start.</param>
/// <param name="Timeout">How long the caller waits for an answer; null for the usual time.</param>
/// <param name="SizeLimit">The largest body in bytes; null for no limit of its own.</param>
public sealed record HttpGate(bool Authorize, string? Policy, TimeSpan? Timeout = null, long? SizeLimit = null);
