using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Makes an activity, binds its inputs, calls it and collects its outputs; turns an exception into an incident.</summary>
public sealed class ActivityRunner(ActivityCatalog catalog, IServiceProvider services)
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = new();

    public bool ChangesRecords(string type) => catalog.Find(type) is { ChangesRecords: true };

    /// <summary>True when it changes records or reads them where it is given a transaction.</summary>
    public bool KnowsRecords(string type) => catalog.Find(type) is { ChangesRecords: true } or { ReadsRecords: true };

    public async Task<(ActivityResult Result, ImmutableArray<KeyValuePair<string, JsonElement>> Outputs)> Run(
        OpenBurst open, Frame frame, ActivityCall call, CancellationToken cancellationToken)
    {
        if (catalog.Find(call.Node.Type) is not { Class: { } type } descriptor)
        {
            if (WorkflowActivities.ReferenceOf(call.Node) is { } reference)
            {
                return await new WorkflowStep(services.GetRequiredService<DefinitionLibrary>()).Run(ContextOf(open, frame, call), frame.Wakeup, reference, call.Inputs, cancellationToken);
            }

            return (new Faulted("activity.unknown", $"There is no activity of the type {call.Node.Type}.") { MayRetry = false }, []);
        }

        try
        {
            var activity = (Activity)_factories.GetOrAdd(type, one => ActivatorUtilities.CreateFactory(one, []))(services, null);
            if (Bind(activity, descriptor, call) is { } fault)
            {
                return (fault, []);
            }

            var context = ContextOf(open, frame, call);
            var result = frame.Wakeup is { } wakeup
                ? await activity.Resume(context, wakeup, cancellationToken)
                : await activity.Start(context, cancellationToken);
            return (Declared(descriptor, call.Node, result), result is Faulted ? [] : Outputs(activity, descriptor));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (!IsTransient(exception))
        {
            return (new Faulted("activity.exception", $"{exception.GetType().Name}: {exception.Message}") { Detail = exception.StackTrace }, []);
        }
    }

    /// <summary>A deadlock or a serialization failure is the database's way to say: again (rule 8).</summary>
    internal static bool IsTransient(Exception exception) =>
        exception is System.Data.Common.DbException { IsTransient: true } || (exception.InnerException is { } inner && IsTransient(inner));

    private static Faulted? Bind(Activity activity, ActivityDescriptor descriptor, ActivityCall call)
    {
        foreach (var input in descriptor.Inputs)
        {
            var (value, error) = TryValue(call, input, out var given) ? InputBinding.Bind(given, input.Type) : (null, null);
            if (error is not null)
            {
                return new Faulted("input.invalid", $"The input {input.Name} of {descriptor.Type}: {error}");
            }

            // A line that was cleared is no value either: the input keeps its default.
            if (value is not null and not JsonElement { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null })
            {
                input.Property!.SetValue(activity, value);
            }
            else if (input.IsRequired)
            {
                return new Faulted("input.missing", $"The input {input.Name} of {descriptor.Type} has no value.");
            }
        }

        return null;
    }

    private static bool TryValue(ActivityCall call, InputDescriptor input, out JsonElement value) =>
        (input.IsPlain && call.Node.Members.TryGetValue(input.JsonName, out value)) || call.Inputs.TryGetValue(input.JsonName, out value);

    private static ActivityContext ContextOf(OpenBurst open, Frame frame, ActivityCall call) => new()
    {
        InstanceId = open.Instance.Id,
        ActivityId = frame.ActivityId,
        Ordinal = frame.Ordinal,
        Now = open.Claim.Now,
        DefinitionId = open.Definition.Id,
        DefinitionVersion = open.Definition.Version,
        CorrelationId = open.Instance.CorrelationId,
        BusinessKey = open.Instance.BusinessKey,
        SubjectId = open.Instance.SubjectId,
        Trigger = frame.Wakeup is null && open.Instance.Trigger is { } fired && fired.ActivityId == frame.ActivityId ? fired : null,
        Memo = frame.Memo,
        StillWaits = frame.Bookmarks.Length + frame.Pending.Length,
        Embedded = call.Node.Embedded.Keys,
        Ports = FlowGraph.PortsOf(open.Definition, call.Node),
        Unit = call.Unit
    };

    private static ActivityResult Declared(ActivityDescriptor descriptor, Node node, ActivityResult result)
    {
        if (result is not Completed completed || (completed.Also.IsEmpty && descriptor.Outcomes.Contains(completed.Outcome)))
        {
            return result;
        }

        var ports = NodePorts.Of(node, descriptor.ToShape());
        return completed.Also.Prepend(completed.Outcome).FirstOrDefault(outcome => !ports.Contains(outcome) && !ports.Contains("*")) is { } undeclared
            ? new Faulted("activity.undeclaredOutcome", $"{descriptor.Type} ended by '{undeclared}', which it does not declare.") { MayRetry = false }
            : result;
    }

    private static ImmutableArray<KeyValuePair<string, JsonElement>> Outputs(Activity activity, ActivityDescriptor descriptor) =>
        descriptor.Outputs.IsEmpty ? [] : [.. descriptor.Outputs.Select(output => KeyValuePair.Create(output.JsonName, ValueOf(activity, output)))];

    private static JsonElement ValueOf(Activity activity, OutputDescriptor output) =>
        output.Property!.GetValue(activity) is { } value ? (value is JsonElement element ? element : FlowJson.Of(value)) : default;
}
