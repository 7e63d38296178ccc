using System.Text;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Adapters;
using Relief.Flow.Host.Aids;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Audit;
using Relief.Flow.Host.Channels;
using Relief.Flow.Host.Clock;
using Relief.Flow.Host.Console;
using Relief.Flow.Host.Definitions;
using Relief.Flow.Host.Demo;
using Relief.Flow.Host.Designer;
using Relief.Flow.Host.Documentation;
using Relief.Flow.Host.Doorbell;
using Relief.Flow.Host.Events;
using Relief.Flow.Host.Halts;
using Relief.Flow.Host.Health;
using Relief.Flow.Host.Hooks;
using Relief.Flow.Host.Instances;
using Relief.Flow.Host.Library;
using Relief.Flow.Host.Outbox;
using Relief.Flow.Host.Pathways;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Startup;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Host.Studio;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Host.Telemetry;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host;

/// <summary>The process: what is added, what is mapped, run.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["demo"] => DemoCommand.Run("government-purchase", UnicodeOut(), CancellationToken.None),
        ["demo", var story] => DemoCommand.Run(story, UnicodeOut(), CancellationToken.None),
        ["audit", "verify", .. var settings] => AuditCommand.Run(settings, UnicodeOut(), CancellationToken.None),
        ["notifier", .. var settings] => Ends(NotifierCommand.Run(settings, CancellationToken.None), CancellationToken.None),
        _ => Ends(Build(args).RunAsync(), CancellationToken.None)
    };

    /// <summary>The whole application, not yet started. Its files lie beside the program, from whichever folder it is run.</summary>
    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddLogging();
        builder.AddRelief();
        builder.AddAccess();
        builder.AddAnswers();
        builder.AddTelemetry();
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);

        var app = builder.Build();
        app.Services.GetRequiredService<RuntimeOptions>().NoticeAddresses = app.Services.GetRequiredService<ChannelNews>().AddressOf;
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseMiddleware<RateLimits>();
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<Visibility>().LookUp(context, context.RequestAborted);
            await next(context);
        });
        app.UseMiddleware<RepeatedRequests>();
        app.MapHealth();
        app.MapMetrics();
        app.MapDocumentation();

        var api = app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, RecordGate>();
        MapEngine(api);
        MapRelief(api);
        app.MapDesigner();
        app.MapHooks();
        MapPages(app);
        return app;
    }

    private static async Task<int> Ends(Task run, CancellationToken cancellationToken)
    {
        await run.WaitAsync(cancellationToken);
        return 0;
    }

    private static TextWriter UnicodeOut()
    {
        System.Console.OutputEncoding = new UTF8Encoding(false);
        return System.Console.Out;
    }

    private static void MapPages(WebApplication app)
    {
        app.MapStudio();
        app.MapAidsPages();
        app.MapConsole();
        app.MapResponderPages();
        app.MapBoard();
        app.MapPolicyPages();
    }

    private static void MapEngine(RouteGroupBuilder api)
    {
        api.MapPathways();
        api.MapInstances();
        api.MapEvents();
        api.MapTasks();
        api.MapDeputies();
        api.MapSurveys();
        api.MapDefinitions();
        api.MapDiagrams();
        api.MapProblems();
        api.MapSimulations();
        api.MapClock();
        api.MapHalts();
        api.MapOutbox();
        api.MapKeys();
        api.MapUsers();
        api.MapInvariants();
        api.MapAudit();
        api.MapStuck();
        api.MapRepairs();
        api.MapMigrations();
    }

    private static void MapRelief(RouteGroupBuilder api)
    {
        MapCasework(api);
        MapDelivery(api);
        MapOversight(api);
        MapOutside(api);
    }

    private static void MapCasework(RouteGroupBuilder api)
    {
        api.MapIntake();
        api.MapCases();
        api.MapPersons();
        api.MapGuardians();
        api.MapHouseholds();
        api.MapDiscoveries();
        api.MapHelpDays();
        api.MapPolicyLibrary();
        api.MapLinkages();
        api.MapFastTracks();
        api.MapRequests();
        api.MapMandates();
        api.MapPaperLinks();
        api.MapChanges();
        api.MapRecipients();
        api.MapKin();
        api.MapAppeals();
        api.MapFiles();
        api.MapNotices();
        api.MapConsents();
        api.MapTickets();
    }

    private static void MapDelivery(RouteGroupBuilder api)
    {
        api.MapPolicy();
        api.MapRouting();
        api.MapFunds();
        api.MapFundYears();
        api.MapCatalogue();
        api.MapSuppliers();
        api.MapOrders();
        api.MapTeams();
        api.MapPartners();
        api.MapPairs();
        api.MapNeighbours();
        api.MapSettlement();
        api.MapDoorbell();
        api.MapAlerts();
        api.MapDevices();
    }

    private static void MapOversight(RouteGroupBuilder api)
    {
        api.MapGrid();
        api.MapVisitRounds();
        api.MapHomeVisits();
        api.MapChecks666();
        api.MapSpotChecks();
        api.MapEvaluations();
        api.MapConferences();
        api.MapMatchRules();
        api.MapMatchRuns();
        api.MapFigures();
        api.MapCities();
        api.MapSummaries();
        api.MapTypicalCases();
    }

    private static void MapOutside(RouteGroupBuilder api)
    {
        api.MapChannels();
        api.MapAdapters();
        api.MapAdapterCalls();
        api.MapExchanges();
        api.MapSharing();
        api.MapReconciliations();
        api.MapEntitlements();
    }
}
