using Microsoft.Extensions.Options;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Aids;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Activities;

namespace Relief.Flow.Host.Startup;

/// <summary>Before anything runs: opens the store, brings every table up to date, sees to an administrator's key, loads the definition files.</summary>
/// <remarks>Registered before the engine's workers, so that they find an open store. A database that is not there yet is waited for.</remarks>
internal sealed class Opening(
    Installation installation, ApiKeys keys, OpeningFiles files, IOptions<ReliefOptions> options, ILogger<Opening> logger) : IHostedService
{
    private readonly TimeProvider time = TimeProvider.System;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private const int Attempts = 30;

    public bool IsDone { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenStore(cancellationToken);
        await SeeToClock(cancellationToken);
        if (await keys.Bootstrap(options.Value.BootstrapApiKey, cancellationToken) is { } secret)
            System.Console.WriteLine($"The administrator's key, shown this once: {secret}");

        await files.Records.Prepare(options.Value.SeedExample, cancellationToken);
        await files.Definitions.Load(cancellationToken);
        IsDone = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A training database must never be taken for a real one: its deadlines would stand still, and nobody would see it.
    private async Task SeeToClock(CancellationToken cancellationToken)
    {
        if (options.Value.Clock.Manual)
            await installation.StandStill(options.Value.Clock.StartAt ?? time.GetUtcNow(), cancellationToken);
        else if ((await installation.ReadClock(cancellationToken)).IsManual)
            throw new InvalidOperationException("This database has a clock that is moved by hand. Start with Relief:Clock:Manual=true, or use another database.");
    }

    private async Task OpenStore(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await installation.Open(async (unit, token) =>
                {
                    await ReliefSchema.Apply(unit, installation.Kind, token);
                    await AccessSchema.Apply(unit, token);
                    await SavedSimulations.Apply(unit, token);
                }, cancellationToken);
                Log.StoreOpened(logger, installation.Kind.ToString());
                return;
            }
            catch (Npgsql.NpgsqlException away) when (away.IsTransient && attempt < Attempts)
            {
                Log.StoreNotOpened(logger, away);
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}

/// <summary>What an opened store is filled with before anything runs.</summary>
internal sealed record OpeningFiles(DefinitionFiles Definitions, ReliefRecords Records);
