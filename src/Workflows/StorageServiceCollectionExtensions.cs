using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;
using Relief.Flow.Workflows.Storage.Steps;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows;

/// <summary>Registers the store of an installation and everything that reads it.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <param name="connectionString">For SQLite <c>Data Source=…</c> with an absolute path; its folder is made when it is missing.</param>
    public static IServiceCollection AddFlowStorage(this IServiceCollection services, StorageKind kind, string connectionString)
    {
        services.AddSingleton<IFlowStore>(provider => kind == StorageKind.Sqlite
            ? new SqliteStore(new SqliteStoreOptions { Path = new SqliteConnectionStringBuilder(connectionString).DataSource }, TimeProvider.System)
            : new PostgresStore(connectionString));
        services.AddSingleton(_ => new ReadSide(kind, connectionString));
        services.AddSingleton<Installation>();
        services.AddSingleton(provider => new InstanceQueries(provider.GetRequiredService<ReadSide>(), InstanceState.Read, provider.GetService<InstanceVisibility>()));
        services.AddSingleton(provider => new TaskQueries(provider.GetRequiredService<ReadSide>(), provider.GetService<InstanceVisibility>()));
        services.AddSingleton<DefinitionQueries>();
        services.AddSingleton<JournalQueries>();
        services.AddSingleton<OutboxQueries>();
        services.AddSingleton<HaltQueries>();
        services.AddSingleton<TriggerQueries>();
        services.AddSingleton<StuckRules>();
        services.AddSingleton<StuckLook>();
        services.AddSingleton<FindingQueries>();
        services.AddSingleton<FindingBook>();
        services.AddSingleton<StepTimeQueries>();
        services.AddSingleton<StepFold>();
        services.AddSingleton<OutlookBook>();
        services.AddSingleton<RepairQueries>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<TimerQueries>();
        services.AddSingleton<TaskNotes>();
        services.AddSingleton<TaskSigners>();
        return services;
    }
}
