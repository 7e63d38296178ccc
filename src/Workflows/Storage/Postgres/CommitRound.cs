using System.Text.Json;
using Npgsql;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The ordered statements that write a group of bursts (rule 3). Arms that no burst of the group needs are left out.</summary>
internal sealed class CommitRound(IReadOnlyList<BurstCommit> group)
{
    private readonly List<Guid> dropped = [.. group.SelectMany(burst => burst.Dropped)];
    private readonly List<Guid> finished = [.. group.Where(IsOver).Select(burst => burst.Claim.InstanceId)];
    private readonly List<Written<NewBookmark>> bookmarks = Of(group.Where(burst => !IsOver(burst)), burst => burst.Bookmarks);
    private readonly List<Written<NewOutboxRow>> outbox = Of(group, burst => burst.Outbox);

    /// <summary>A row of a burst, with the burst whose columns it repeats.</summary>
    internal sealed record Written<T>(BurstCommit Burst, T Row);

    private bool TouchesEvents => dropped.Count > 0 || finished.Count > 0 || bookmarks.Any(IsEvent);

    /// <summary>Locks and checks: rule 3a. Alone when a burst brings its own records (the fence comes first then).</summary>
    public void Lock(Round round)
    {
        LockEvents(round);
        Fence(round, [.. group.Select(burst => burst.Claim)]);
    }

    public static void Fence(Round round, IReadOnlyList<Claim> claims)
    {
        var of = new Columns<Claim>(claims);
        round.Add("commit-fence", new()
        {
            ["ids"] = of.Uuid(claim => claim.InstanceId),
            ["tokens"] = of.Big(claim => claim.Token),
            ["seqs"] = of.Big(claim => claim.Seq)
        });
    }

    public void LockEvents(Round round)
    {
        if (!TouchesEvents)
        {
            return;
        }

        var events = bookmarks.Where(IsEvent).Select(row => row.Row.Bookmark).ToList();
        round.Add("commit-locks", new()
        {
            ["names"] = Value.Of(events.Select(bookmark => bookmark.Key)),
            ["correlations"] = Value.Of(events.Select(bookmark => bookmark.CorrelationId)),
            ["parking"] = Value.Of(Parking())
        });
    }

    /// <summary>Everything behind the fence. The last answer says which instances have more mail.</summary>
    public void Write(Round round)
    {
        if (dropped.Count > 0)
        {
            round.Add("commit-drop", new() { ["dropped"] = Value.Of(dropped), ["parking"] = Value.Of(Parking()) });
        }

        round.Add("commit-burst", CommitColumns.Bursts(group));
        WriteNew(round);
        if (finished.Count > 0)
        {
            round.Add("commit-finish", new() { ["ids"] = Value.Of(finished) });
        }

        Unpark(round);
        if (dropped.Count > 0 || finished.Count > 0)
        {
            round.Add("commit-offer", []);
        }

        round.Add("commit-release", CommitColumns.Release(group));
    }

    /// <summary>The locks of first bursts: only what waits for events needs any, for nothing was sent to a new instance yet.</summary>
    public void LockFirst(Round round)
    {
        if (bookmarks.Any(IsEvent))
        {
            LockEvents(round);
        }
    }

    /// <summary>What first bursts add to the instances that the start beside them has written: nothing to fence, drop or release.</summary>
    public void WriteFirst(Round round)
    {
        WriteNew(round);
        if (Unpark(round))
        {
            round.Add("start-called", new() { ["ids"] = Value.Of(group.Select(burst => burst.Claim.InstanceId)) });
        }
    }

    private bool Unpark(Round round)
    {
        var events = bookmarks.Where(IsEvent).Select(row => row.Row.Id).ToList();
        if (events.Count > 0)
        {
            round.Add("commit-unpark", new() { ["bookmarks"] = Value.Of(events) });
        }

        return events.Count > 0;
    }

    private void WriteNew(Round round)
    {
        if (bookmarks.Count > 0)
        {
            round.Add("commit-bookmarks", CommitColumns.Bookmarks(bookmarks));
        }

        var tasks = bookmarks.Where(row => row.Row.Bookmark.Task is not null).ToList();
        if (tasks.Count > 0)
        {
            round.Add("commit-tasks", CommitColumns.Tasks(tasks));
        }

        if (outbox.Count > 0)
        {
            round.Add("commit-outbox", CommitColumns.Outbox(outbox));
        }
    }

    /// <summary>Reads the answers up to the release's: the only ones with two columns of its shape come last.</summary>
    public async Task<List<CommitReceipt>> Receipts(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var more = new HashSet<Guid>();
        do
        {
            if (reader.GetName(0) != "released")
            {
                continue;
            }

            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.GetBoolean(1))
                {
                    more.Add(reader.GetGuid(0));
                }
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        return [.. group.Select(burst => new CommitReceipt(
            CommitOutcome.Committed, burst.Claim.InstanceId, burst.Claim.Seq + 1, more.Contains(burst.Claim.InstanceId)))];
    }

    /// <summary>Instances whose event mail may have to go back.</summary>
    private IEnumerable<Guid> Parking() => group.Where(burst => IsOver(burst) || !burst.Dropped.IsEmpty).Select(burst => burst.Claim.InstanceId);

    private static bool IsOver(BurstCommit burst) => burst.Status >= InstanceStatus.Finished;

    private static bool IsEvent(Written<NewBookmark> row) => row.Row.Bookmark is { Kind: BookmarkKind.Event, Key: not null };

    private static List<Written<T>> Of<T>(IEnumerable<BurstCommit> group, Func<BurstCommit, IEnumerable<T>> rows) =>
        [.. group.SelectMany(burst => rows(burst).Select(row => new Written<T>(burst, row)))];
}
