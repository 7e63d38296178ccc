using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>Proves from the journal alone that nothing was lost, doubled or altered.</summary>
/// <remarks>No gap in an instance's sequence; the hash chain holds; every run begins and ends at most once; no invariant is broken, without grace.</remarks>
internal static class History
{
    public static async Task Holds(IFlowStore store)
    {
        Assert.Empty(await store.CheckInvariants(TimeSpan.Zero, CancellationToken.None));
        var rows = await store.Change((unit, cancellation) => Read(unit.Connection, unit.Transaction, cancellation), CancellationToken.None);
        foreach (var instance in rows.GroupBy(row => row.Instance))
        {
            Check([.. instance.OrderBy(row => row.Seq)]);
        }
    }

    /// <summary>How many bursts were committed in all.</summary>
    public static async Task<int> Bursts(IFlowStore store) =>
        (await store.Change((unit, cancellation) => Read(unit.Connection, unit.Transaction, cancellation), CancellationToken.None)).Count;

    private static void Check(Row[] rows)
    {
        byte[] head = [];
        HashSet<(string, long)> once = [];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            Assert.Equal(i + 1, row.Seq);
            var expected = SHA256.HashData([.. head, .. BitConverter.GetBytes(row.Seq), .. row.Events]);
            Assert.Equal(expected, row.Hash);
            head = row.Hash;
            foreach (var note in JsonElement.Parse(row.Events).EnumerateArray())
            {
                var (name, ordinal) = (note.GetProperty("e").GetString()!, note.GetProperty("o").GetInt64());
                if (ordinal > 0 && name is "Started" or "Completed")
                {
                    Assert.True(once.Add((name, ordinal)), $"{name} twice for run {ordinal} of {row.Instance}");
                }
            }
        }
    }

    private static async Task<List<Row>> Read(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select instance_id, seq, events, hash from journal order by instance_id, seq";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Row> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(reader.GetValue(0).ToString()!, reader.GetInt64(1), (byte[])reader.GetValue(2), (byte[])reader.GetValue(3)));
        }

        return rows;
    }

    private sealed record Row(string Instance, long Seq, byte[] Events, byte[] Hash);
}
