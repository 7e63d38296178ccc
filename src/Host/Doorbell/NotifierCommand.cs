using Microsoft.Data.Sqlite;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Doorbell;

/// <summary><c>-- notifier</c>: the fallback notifier, beside the engine and not part of it. The same settings as the engine's.</summary>
internal static class NotifierCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Looks every two seconds until the process is stopped.</summary>
    public static async Task Run(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddLogging();
        using var logs = builder.Services.BuildServiceProvider();
        var logger = logs.GetRequiredService<ILogger<FallbackNotifier>>();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var notifier = Of(builder, client, logger);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        Log.FallbackWatches(logger);
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
                await notifier.RunOnce(TimeProvider.System.GetUtcNow(), stopping.Token);
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // It was asked to stop.
        }
    }

    private static FallbackNotifier Of(WebApplicationBuilder builder, HttpClient client, ILogger<FallbackNotifier> logger)
    {
        var options = HostParts.Read(builder);
        var doorbell = builder.Configuration.GetSection(DoorbellOptions.Section).Get<DoorbellOptions>() ?? new DoorbellOptions();
        SQLitePCL.Batteries_V2.Init();
        var book = new FallbackBook(new ReliefDatabase(options.Storage, options.ConnectionString), options.Storage);
        var parts = new NotifierParts(client, options.Notifications.GatewayUrl, new NoticeTemplates([typeof(ReliefDbContext).Assembly]), doorbell) { Secret = options.Notifications.Secret };
        return new FallbackNotifier(book, ReliefRecords.KeyOf(options.PersonalDataKey, builder.Environment.ContentRootPath), parts, logger);
    }
}
