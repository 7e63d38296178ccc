using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>The host as a process of its own, which can be killed, paused and started again at the same address.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relief-flow-process-").FullName;
    private readonly string[] _settings;
    private readonly int _port = FreePort();
    private readonly ConcurrentQueue<string> _printed = new();
    private Process _process = null!;

    private HostProcess(string[] settings)
    {
        _settings = settings;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(10) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", TestHost.AdminKey);
    }

    /// <summary>Calls with an administrator's key; goes on over restarts.</summary>
    public HttpClient Client { get; }

    /// <summary>What all its lives printed.</summary>
    public IReadOnlyCollection<string> Printed => _printed;

    /// <summary>How often it was killed.</summary>
    public int Deaths { get; private set; }

    public static async Task<HostProcess> Start(params string[] settings)
    {
        var host = new HostProcess(settings);
        await host.StartAgain();
        return host;
    }

    /// <summary>Returns when it is ready to serve.</summary>
    public async Task StartAgain()
    {
        string[] command =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(Relief.Flow.Host.Program).Assembly.Location,
            "--environment=Testing", $"--urls=http://127.0.0.1:{_port}", $"--Relief:BootstrapApiKey={TestHost.AdminKey}", "--Relief:Outbound:AllowPrivate=true",
            $"--Relief:DefinitionsPath={Path.Combine(_folder, "definitions")}", "--Serilog:MinimumLevel:Default=Warning", .. _settings.Select(setting => "--" + setting)
        ];
        _process = Process.Start(Shell.Start(_folder, command))!;
        _ = Read(_process.StandardOutput);
        _ = Read(_process.StandardError);
        await Patience.Until(IsReady, () => $"The host was not ready: {string.Join('\n', _printed.TakeLast(20))}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Deaths++;
    }

    /// <summary>Stops it in the middle of whatever it does, without its noticing (SIGSTOP).</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets it go on as if no time had passed (SIGCONT).</summary>
    public Task GoOn() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Signal(string name) =>
        Assert.Equal(0, (await Shell.Run(_folder, ["/bin/sh", "-c", $"kill -{name} {_process.Id}"])).Code);

    private async Task<bool> IsReady()
    {
        try
        {
            return (await Client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            _printed.Enqueue(line);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
