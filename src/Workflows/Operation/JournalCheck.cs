using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Proves the journals of all instances: no burst altered, none missing, none cut off at the end.</summary>
/// <remarks>It reads in pages beside the running engine and holds nobody up.</remarks>
public sealed class JournalCheck(ReadSide side)
{
    private const int PageSize = 1000;

    /// <param name="until">The moment that the seal is of.</param>
    public async Task<ChainReport> Verify(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(until);
        Burst? last = null;
        while (await After(last, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var burst in page)
            {
                if (last is not null && last.Instance != burst.Instance)
                    End(walk, last);
                var before = last?.Instance == burst.Instance ? last.Hash : [];
                var holds = BurstWriter.Chain(before, burst.Seq, burst.Events).AsSpan().SequenceEqual(burst.Hash);
                walk.Enter(burst.Instance.ToString(), burst.Seq, burst.At, holds, Convert.ToHexStringLower(burst.Hash));
                last = burst;
            }
        }

        if (last is not null)
            End(walk, last);
        foreach (var id in await WithoutJournal(cancellationToken))
            walk.IsMissing(id.ToString());
        return walk.End();
    }

    private Task<List<Guid>> WithoutJournal(CancellationToken cancellationToken) =>
        new Query(side, "select i.id from instance i").Where("i.seq > 0").Where("not exists (select 1 from journal j where j.instance_id = i.id)")
            .Read(row => row.Id("id"), cancellationToken);

    private static void End(ChainWalk walk, Burst last)
    {
        if (last.InstanceSeq > last.Seq || last.InstanceSeq == last.Seq && !last.Head.AsSpan().SequenceEqual(last.Hash))
            walk.EndIsMissing();
    }

    private Task<List<Burst>> After(Burst? last, CancellationToken cancellationToken)
    {
        var query = new Query(side, "select j.instance_id, j.seq, j.at, j.events, j.hash, i.seq as last_seq, i.chain_head from journal j left join instance i on i.id = j.instance_id");
        if (last is not null)
            query.WhereAll("(j.instance_id, j.seq) > ({0}, {1})", last.Instance, last.Seq);
        return query.Then("order by j.instance_id, j.seq limit {0}", PageSize).Read(row => new Burst
        {
            Instance = row.Id("instance_id"), Seq = row.Long("seq"), At = row.Instant("at"), Events = row.Bytes("events"), Hash = row.BytesOrNull("hash") ?? [],
            InstanceSeq = row.IntOrNull("last_seq"), Head = row.BytesOrNull("chain_head") ?? []
        }, cancellationToken);
    }

    private sealed record Burst
    {
        public Guid Instance { get; init; }

        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public required byte[] Events { get; init; }

        public required byte[] Hash { get; init; }

        /// <summary>Where the instance says that it is; null when it is gone.</summary>
        public long? InstanceSeq { get; init; }

        public required byte[] Head { get; init; }
    }
}
