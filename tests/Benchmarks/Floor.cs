using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What the server can do at most on this machine: one row of 2 KB per transaction, by PostgreSQL's own pgbench.</summary>
/// <remarks>Without pgbench the same insert runs in a loop of ours, which costs a little more on the client's side; the table says so.</remarks>
public sealed partial class Floor
{
    private const string Insert = "insert into floor (body) values (repeat('x', 2000))";
    private readonly string _database;
    private readonly string? _pgbench;
    private readonly int _port;

    private Floor(string database, int port, string? pgbench)
    {
        _database = database;
        _port = port;
        _pgbench = pgbench;
    }

    public string By => _pgbench is null ? "Npgsql loop (no pgbench here)" : "pgbench";

    public static async Task<Floor> Lay(Ground ground, CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        // Plain: the row is written as long as it is, neither compressed nor moved out of the table.
        await Sql.Run(database, "create table floor (id bigint generated always as identity primary key, body text)", cancellationToken);
        await Sql.Run(database, "alter table floor alter column body set storage plain", cancellationToken);
        var program = Path.Combine(await PostgresBinaries.Find(cancellationToken), "pgbench");
        return new Floor(database, ground.Port, File.Exists(program) ? program : null);
    }

    /// <summary>Transactions per second.</summary>
    public Task<double> Measure(int clients, int seconds, CancellationToken cancellationToken) =>
        _pgbench is null ? ByLoop(clients, seconds, cancellationToken) : ByPgbench(clients, seconds, cancellationToken);

    private async Task<double> ByPgbench(int clients, int seconds, CancellationToken cancellationToken)
    {
        var folder = Path.GetTempPath();
        var script = Path.Combine(folder, $"relief-flow-floor-{Environment.ProcessId}.sql");
        await File.WriteAllTextAsync(script, Insert + ";\n", cancellationToken);
        var name = new NpgsqlConnectionStringBuilder(_database).Database!;
        string[] command =
        [
            _pgbench!, "-n", "-M", "prepared", "-f", script, "-c", Text(clients), "-j", Text(Math.Min(clients, Environment.ProcessorCount)),
            "-T", Text(seconds), "-h", "127.0.0.1", "-p", Text(_port), "-U", "postgres", name
        ];
        var outcome = await Shell.Run(folder, command, cancellationToken);
        File.Delete(script);
        var tps = Tps().Match(outcome.Printed);
        return tps.Success
            ? double.Parse(tps.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench ended with {outcome.Code}:\n{outcome.Printed}");
    }

    private async Task<double> ByLoop(int clients, int seconds, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database) { MaxPoolSize = clients, MaxAutoPrepare = 4, AutoPrepareMinUsages = 1 });
        var began = TimeProvider.System.GetTimestamp();
        var loops = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var done = 0;
            for (; TimeProvider.System.GetElapsedTime(began).TotalSeconds < seconds; done++)
            {
                await using var command = new NpgsqlCommand(Insert, connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return done;
        }, cancellationToken)));
        return loops.Sum() / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Tps();
}
