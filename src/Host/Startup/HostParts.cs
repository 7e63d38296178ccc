using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Adapters;
using Relief.Flow.Host.Aids;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Channels;
using Relief.Flow.Host.Console;
using Relief.Flow.Host.Designer;
using Relief.Flow.Host.Doorbell;
using Relief.Flow.Host.Hooks;
using Relief.Flow.Host.Instances;
using Relief.Flow.Host.Outbox;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Host.Studio;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Simulation;
using Relief.Flow.Workflows.Storage;
using Serilog;
using Serilog.Formatting.Json;

namespace Relief.Flow.Host.Startup;

/// <summary>The four things that the process is made of: logs, the engine with its store, access, answers.</summary>
internal static class HostParts
{
    /// <summary>JSON lines on the console; levels in the section <c>Serilog</c>.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration)
            .WriteTo.Console(new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture)).CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }

    public static void AddRelief(this WebApplicationBuilder builder)
    {
        var options = Bind(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddFlowStorage(options.Storage, options.ConnectionString);
        builder.Services.AddSingleton(new ReliefDatabase(options.Storage, options.ConnectionString));
        builder.Services.AddSingleton(_ => ReliefRecords.KeyOf(options.PersonalDataKey, builder.Environment.ContentRootPath));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<Visibility>();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<Visibility>().OfEngine);
        builder.Services.AddSingleton<ReliefRecords>();
        builder.AddAdapters();
        builder.Services.AddSingleton<DefinitionFiles>();
        builder.Services.AddSingleton<OpeningFiles>();
        builder.Services.AddSingleton<Opening>();
        // Before the engine: hosted parts start in the order in which they were added.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Opening>());
        var runtime = builder.Configuration.GetSection(RuntimeOptions.Section).Get<RuntimeOptions>() ?? new RuntimeOptions();
        runtime.AllowPrivateAddresses = options.Outbound.AllowPrivate;
        runtime.NotificationGateway = options.Notifications.GatewayUrl;
        runtime.NotificationSecret = options.Notifications.Secret;
        builder.Services.AddWorkflows(runtime, typeof(ReliefDbContext).Assembly);
        AddDesks(builder.Services);
        foreach (var rule in ReliefStuckRules.All)
            builder.Services.AddSingleton(provider => rule.Kind == ReliefStuckRules.Payment ? rule with { Ask = provider.GetRequiredService<PaymentDesk>().Asks } : rule);
        builder.Services.AddSingleton<InstanceStories>();
        builder.Services.AddSingleton<DrawnPictures>();
        builder.Services.AddSingleton<HookDoor>();
        builder.Services.AddSingleton<Simulator>();
        builder.Services.AddSingleton<Simulations>();
        builder.Services.AddSingleton<SavedSimulations>();
        builder.Services.AddSingleton<OpenDesks>();
        builder.AddDoorbell();
        builder.AddMatching();
        builder.Services.AddConsole();
        builder.Services.AddSingleton<DrawnDesk>();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<LiveInstances>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LiveInstances>());
    }

    /// <summary>What the API and the pages share: each looks through what is asked, and does it.</summary>
    private static void AddDesks(IServiceCollection services)
    {
        services.AddSingleton<InstanceDoor>();
        services.AddSingleton<ClearValues>();
        services.AddSingleton<TaskDesk>();
        services.AddSingleton<SurveyDesk>();
        services.AddSingleton<PolicyDesk>();
        services.AddSingleton<RoutingDesk>();
        services.AddSingleton<FigureDesk>();
        services.AddSingleton<UrgingDesk>();
        services.AddSingleton<PaymentFileDesk>();
        services.AddSingleton<DeputyDesk>();
        services.AddSingleton<NoteDesk>();
        services.AddSingleton<EntrustDesk>();
        services.AddSingleton<ManyDesk>();
        services.AddSingleton<ReturnDesk>();
        services.AddSingleton<AttachmentDesk>();
        services.AddSingleton<SignerDesk>();
        services.AddSingleton<RepairDoor>();
        services.AddSingleton<MigrationDesk>();
        services.AddSingleton<TargetDesk>();
        services.AddSingleton<PaymentDesk>();
        services.AddChannels();
    }

    private static void AddAdapters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AdapterAddresses(builder.Configuration.GetSection(AdapterAddresses.Section).Get<Dictionary<string, AdapterAddress>>() ?? []));
        builder.Services.AddSingleton(provider => new Departures(
            provider.GetRequiredService<PersonalDataKey>().Open, ExchangeLog.MayLeave(provider.GetRequiredService<ReliefDatabase>()), NotTold.In(provider.GetRequiredService<ReliefDatabase>())));
        builder.Services.AddSingleton<AdapterBoard>();
        builder.Services.AddSingleton<SignedCalls>();
        builder.Services.AddSingleton<MonitoredPersons>();
        builder.Services.AddSingleton<SurveyReconciler>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SurveyReconciler>());
    }

    private static void AddMatching(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<MatchingOptions>(builder.Configuration.GetSection(MatchingOptions.Section));
        builder.Services.AddSingleton<DatasetDoor>();
        builder.Services.AddSingleton<DatasetFetcher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DatasetFetcher>());
    }

    private static void AddDoorbell(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<DoorbellOptions>(builder.Configuration.GetSection(DoorbellOptions.Section));
        builder.Services.AddSingleton<AlertDoor>();
        builder.Services.AddSingleton<SignedSignals>();
        builder.Services.AddSingleton<NonceSweep>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NonceSweep>());
    }

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddSingleton<Users>();
        builder.Services.AddSingleton<StudioPackage>();
        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        // Nothing here outlives the process by a protected cookie; without this the framework keeps keys in a home folder.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization(Policies.Add);
        var perSecond = Read(builder).RequestsPerSecond;
        builder.Services.AddSingleton(_ => new RateLimits(perSecond));   // made by the container, which then ends it too
    }

    public static void AddAnswers(this WebApplicationBuilder builder)
    {
        var limit = builder.Configuration.GetSection(ReliefOptions.Section).GetValue<long?>(nameof(ReliefOptions.MaxRequestBytes)) ?? new ReliefOptions().MaxRequestBytes;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limit;
        });
        builder.Services.AddExceptionHandler<BrokenRequests>();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Title = Refusal.Title(context.HttpContext.Response.StatusCode);
            context.ProblemDetails.Extensions.TryAdd(Refusal.Code, Refusal.CodeOf(context.HttpContext.Response.StatusCode));
            context.ProblemDetails.Detail ??= context.HttpContext.Response.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The body has more than {limit} bytes, which this installation accepts at most." : null;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
    }

    /// <summary>The settings of this installation, for a process beside the engine.</summary>
    public static ReliefOptions Read(WebApplicationBuilder builder) => Bind(builder);

    private static ReliefOptions Bind(WebApplicationBuilder builder)
    {
        var options = new ReliefOptions();
        void Complete(ReliefOptions bound)
        {
            builder.Configuration.GetSection(ReliefOptions.Section).Bind(bound);
            bound.ConnectionString = ConnectionString(bound.Storage, builder.Configuration.GetConnectionString("Relief"), builder.Environment.ContentRootPath);
            bound.IsProduction = builder.Environment.IsProduction();
        }

        builder.Services.AddOptions<ReliefOptions>().Configure(Complete).ValidateDataAnnotations().ValidateOnStart();
        Complete(options);
        return options;
    }

    private static string ConnectionString(StorageKind kind, string? configured, string root)
    {
        if (kind == StorageKind.PostgreSql)
            return configured ?? "";

        var sqlite = new SqliteConnectionStringBuilder(configured ?? "Data Source=data/relief.db");
        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, root);
        return sqlite.ConnectionString;
    }
}
