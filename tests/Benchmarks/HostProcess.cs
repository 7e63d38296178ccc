using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>The product's own process, started as an operator would: Release build, Production, an API key, its logs in a file.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const string Key = "rf_benchmark-administrator-key-0001";
    private readonly Process _process;

    private HostProcess(Process process, Uri address)
    {
        _process = process;
        Client = Connect(address, 64);
    }

    /// <summary>A published program to measure instead of the built one.</summary>
    public static string? Program { get; set; }

    public HttpClient Client { get; }

    /// <summary>From the start of the process to the first answer that it is ready.</summary>
    public TimeSpan Ready { get; private set; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, and the most it was, in MB.</summary>
    public (long Now, long Most) Memory => (Status("VmRSS:") / 1024, Status("VmHWM:") / 1024);

    /// <param name="folder">Where its log goes.</param>
    /// <param name="storage">The values of <c>Relief:Storage</c> and <c>ConnectionStrings:Relief</c>.</param>
    /// <param name="cancellationToken">Ends the wait until it is ready.</param>
    /// <param name="settings">Further settings as variables of the environment.</param>
    public static async Task<HostProcess> Start(string folder, (string Kind, string Connection) storage, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Program ?? Repository.At("src", "Host", "bin", configuration, "net10.0", "Relief.Flow.Host.dll");
        var address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{program}' --urls {address} >> '{Path.Combine(folder, "host.log")}' 2>&1"]) { WorkingDirectory = folder };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Relief__Storage"] = storage.Kind;
        start.Environment["ConnectionStrings__Relief"] = storage.Connection;
        start.Environment["Relief__BootstrapApiKey"] = Key;
        start.Environment["Relief__RequestsPerSecond"] = "0";
        start.Environment["Relief__PersonalDataKey"] = Convert.ToBase64String(new byte[32]);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var began = TimeProvider.System.GetTimestamp();
        var host = new HostProcess(Process.Start(start)!, new Uri(address));
        await Pause.Until(host.IsReady, TimeSpan.FromMilliseconds(20), cancellationToken);
        host.Ready = TimeProvider.System.GetElapsedTime(began);
        return host;
    }

    public Task Publish(string definition, CancellationToken cancellationToken) => Post("/api/v1/definitions/import?publish=true", definition, cancellationToken);

    /// <summary>What is answered; a refusal ends the run.</summary>
    public async Task<string> Post(string path, string json, CancellationToken cancellationToken)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Shell.Run("/", ["/bin/sh", "-c", $"kill -TERM {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static HttpClient Connect(Uri address, int connections)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", Key);
        return client;
    }

    private async Task<bool> IsReady()
    {
        if (_process.HasExited)
            throw new InvalidOperationException("The host ended while it started; its log says why.");

        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private long Status(string name) =>
        long.Parse(File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2], CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
