using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows;

/// <summary>Registers the engine.</summary>
public static class WorkflowsServiceCollectionExtensions
{
    /// <summary>Adds the engine with the activities of these assemblies. The store (<c>IFlowStore</c>) is added by the host, which knows the database.</summary>
    public static IServiceCollection AddWorkflows(this IServiceCollection services, RuntimeOptions options, params Assembly[] activities)
    {
        if (options.NodeId == 0)
        {
            options.NodeId = Random.Shared.Next(1, int.MaxValue);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new ActivityCatalog(activities));
        services.AddSingleton(_ => new NoticeTemplates(activities));
        services.AddSingleton<ExpressionEvaluator>();
        services.AddSingleton<NodeInputs>();
        services.AddSingleton<ActivityRunner>();
        services.AddSingleton<Burst>();
        services.AddSingleton<DefinitionLibrary>();
        services.AddSingleton<InstanceWorker>();
        services.AddSingleton<InstanceStarts>();
        services.AddSingleton<OutboundHttp>();
        services.TryAddSingleton(AdapterAddresses.None);
        services.TryAddSingleton(Departures.Open);
        services.AddSingleton<OutboxCalls>();
        services.AddSingleton<OutboxWorker>();
        services.AddSingleton<FlowNode>();
        services.AddHostedService(provider => provider.GetRequiredService<FlowNode>());
        services.AddSingleton<Flows>();
        services.AddSingleton<DirectRun>();
        services.AddSingleton<RequestRuns>();
        services.AddSingleton<Trials>();
        services.AddSingleton<ManualClock>();
        return services.AddOperation();
    }

    // What finds, explains and mends what stands still.
    private static IServiceCollection AddOperation(this IServiceCollection services)
    {
        services.AddSingleton<MoneySteps>();
        services.AddSingleton<RepairRules>();
        services.AddSingleton<Repairs>();
        services.AddSingleton<RepairBatches>();
        services.AddSingleton<Migrations>();
        services.AddSingleton<TaskReturns>();
        services.AddSingleton<OutgoingTargets>();
        services.AddSingleton<WhyReader>();
        services.AddSingleton<JournalCheck>();
        services.AddSingleton<Outlooks>();
        services.AddSingleton<DeadlineRisks>();
        services.AddSingleton<StuckRound>();
        services.AddSingleton<StuckGauges>();
        services.AddSingleton<AdapterQueries>();
        services.AddSingleton<AdapterGauges>();
        services.AddHostedService<StuckDuty>();
        services.AddHostedService<AdapterDuty>();
        return services;
    }
}
