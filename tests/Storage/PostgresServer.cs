using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Relief.Flow.Tests.Storage;

/// <summary>A real PostgreSQL of the tests' own: empty, on a free loopback port, fsync on, gone when the test process is gone.</summary>
/// <remarks>
/// The server hangs on a shell that reads from us. When our end of that pipe closes, however we died, the shell stops the server
/// and removes its folder. Only when that shell is killed too is something left behind; the next start clears it away.
/// </remarks>
public sealed class PostgresServer
{
    private const string FolderPrefix = "relief-flow-postgres-";

    private const string Watchdog =
        """
        trap '' INT HUP TERM
        cd "$1" || exit 1
        "$2/pg_ctl" start --wait --timeout=60 -D data -l log </dev/null >/dev/null 2>&1 && echo ready || echo failed
        read -r how || { how=immediate; gone=yes; }
        "$2/pg_ctl" stop --wait -m "$how" -D data >/dev/null 2>&1
        echo stopped
        [ -z "$gone" ] || { cd / && rm -rf "$1"; }
        """;

    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => Start());

    private readonly string programs;
    private readonly string folder;
    private Process? watchdog;
    private int databases;

    private PostgresServer(string programs, string folder)
    {
        this.programs = programs;
        this.folder = folder;
    }

    /// <summary>The one server of this test run, started by the first who asks. Whoever restarts it belongs into the PostgreSQL collection.</summary>
    public static Task<PostgresServer> Shared => SharedServer.Value;

    /// <summary>The loopback port. It stays the same over a restart.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a server beside the shared one, for tests that kill it. Stop it with <see cref="StopAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">No PostgreSQL can be had, or it does not start; the message says why.</exception>
    public static async Task<PostgresServer> Start(CancellationToken cancellationToken = default)
    {
        PostgresLeftovers.Clear(FolderPrefix);
        var found = await PostgresBinaries.Find(cancellationToken);
        var folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        await Unprivileged.Own(folder, cancellationToken);

        var programs = await Unprivileged.Reachable(found, folder, cancellationToken);
        var server = new PostgresServer(programs, folder);
        await server.Initialise(cancellationToken);
        await server.Run(cancellationToken);
        return server;
    }

    /// <summary>How to reach a database of this server: 127.0.0.1, no password, the superuser.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        Timeout = 30,
        IncludeErrorDetail = true
    }.ConnectionString;

    /// <summary>Makes an empty database with a name of its own and returns its connection string.</summary>
    public Task<string> NewDatabase(CancellationToken cancellationToken = default) => CopyOf("template1", cancellationToken);

    /// <summary>Makes a database that is a copy of <paramref name="template"/>, to which nobody may be connected meanwhile.</summary>
    public async Task<string> CopyOf(string template, CancellationToken cancellationToken = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var create = connection.CreateCommand();
        create.CommandText = $"create database \"{name}\" template \"{template}\"";
        await create.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Ends the server and starts it again on the same port and data.</summary>
    /// <param name="immediate">True: every process is quit on the spot, as in a crash, and the start recovers from the log. False: sessions are ended first.</param>
    public async Task Restart(bool immediate, CancellationToken cancellationToken = default)
    {
        await Stop(immediate, cancellationToken);
        await Run(cancellationToken);
    }

    /// <summary>Ends the server and keeps its data; <see cref="Restart"/> starts it again.</summary>
    /// <param name="immediate">True: as in a crash. False: open transactions are rolled back first.</param>
    public async Task Stop(bool immediate, CancellationToken cancellationToken = default)
    {
        if (watchdog is null)
            return;

        await watchdog.StandardInput.WriteLineAsync((immediate ? "immediate" : "fast").AsMemory(), cancellationToken);
        await watchdog.StandardInput.FlushAsync(cancellationToken);
        await watchdog.WaitForExitAsync(cancellationToken);
        watchdog.Dispose();
        watchdog = null;
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Stop(immediate: true, cancellationToken);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private async Task Initialise(CancellationToken cancellationToken)
    {
        // --no-sync spares only the writing of the empty cluster; the running server syncs every commit.
        string[] initdb = [Path.Combine(programs, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        var made = await Shell.Run(folder, Unprivileged.Command(initdb), cancellationToken);
        if (made.Code != 0)
            throw new InvalidOperationException($"initdb from {programs} ended with {made.Code}:\n{made.Printed}");

        Port = FreePort();
        await File.AppendAllTextAsync(Path.Combine(folder, "data", "postgresql.conf"),
            $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = ''
            max_connections = 500
            fsync = on
            synchronous_commit = on
            timezone = 'UTC'
            log_timezone = 'UTC'

            """, cancellationToken);
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        watchdog = Process.Start(Shell.Start(folder, Unprivileged.Command(["/bin/sh", "-c", Watchdog, "watchdog", folder, programs])))!;
        if (await watchdog.StandardOutput.ReadLineAsync(cancellationToken) != "ready")
        {
            var log = Path.Combine(folder, "log");
            var said = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : await watchdog.StandardError.ReadToEndAsync(cancellationToken);
            throw new InvalidOperationException($"PostgreSQL from {programs} did not start:\n{said}");
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
