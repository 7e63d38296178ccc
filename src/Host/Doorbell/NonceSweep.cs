using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Startup;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Forgets once an hour the nonces of signals and of channels' messages that are too old to be taken again; those of alerts stay with their alert.</summary>
internal sealed class NonceSweep(ReliefRecords records, ILogger<NonceSweep> logger) : EvenDuty(TimeSpan.FromHours(1))
{
    protected override async Task Once(CancellationToken cancellationToken)
    {
        var now = await records.Now(cancellationToken);
        await records.Change(db => new AlertIntake(db).Sweep(now, cancellationToken), cancellationToken);
        await records.Change(db => new ChannelBook(db, records.Key).Sweep(now, cancellationToken), cancellationToken);
    }

    protected override void Failed(Exception exception) => Log.SweepFailed(logger, exception);
}
