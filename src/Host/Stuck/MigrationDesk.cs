using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Stuck;

/// <summary>Migrations for people, over REST and on the console: what is asked for is kept in the audit chain (INV-25).</summary>
internal sealed class MigrationDesk(Migrations migrations, RepairDoor door)
{
    public async Task<(RepairBatch? Batch, MigrationRefusal? Refusal)> Ask(MigrationWish wish, string reason, string by, CancellationToken cancellationToken)
    {
        var (batch, refusal) = await migrations.Ask(wish, reason, by, cancellationToken);
        return batch is null ? (null, refusal) : (await door.Written(batch, by, cancellationToken), null);
    }
}
