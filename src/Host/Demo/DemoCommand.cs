using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo</c>: plays a story on a host of its own and leaves <c>data/demo.db</c>, in the folder it was called from, to look at.</summary>
internal static class DemoCommand
{
    private const int Misused = 2;

    /// <summary>Deletes the database of an earlier run, starts the host on a free loopback port, plays, and ends the host. A story that breaks off is an exception.</summary>
    /// <returns>The process's exit code: 2 and the list of the stories when there is none of that name.</returns>
    public static async Task<int> Run(string name, TextWriter to, CancellationToken cancellationToken)
    {
        if (Demos.Find(name) is { } story)
        {
            await Play(caller => story(caller, to, cancellationToken), cancellationToken);
            return 0;
        }

        await to.WriteLineAsync($"没有这个演示 no such demo: {name}");
        foreach (var (known, about, _) in Demos.All)
            await to.WriteLineAsync($"  demo {known,-22}{about}");
        return Misused;
    }

    private static async Task Play(Func<ApiCaller, Task> story, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(Path.Combine("data", "demo.db"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        foreach (var part in new[] { "", "-wal", "-shm" })
            File.Delete(file + part);

        var key = "rf_demo_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        await using (var app = Program.Build(SettingsFor(file, key)))
        {
            await app.StartAsync(cancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", key);
            await story(new ApiCaller(client));
            await app.StopAsync(cancellationToken);
        }

        System.Console.WriteLine($"数据库 database  {file}");
        System.Console.WriteLine($"打开 look at it  dotnet run --project src/Host -- --environment=Demo --Relief:Clock:Manual=true \"--ConnectionStrings:Relief=Data Source={file}\"");
        System.Console.WriteLine($"密钥 its key     {key}");
    }

    private static string[] SettingsFor(string file, string key) =>
    [
        "--environment=Demo", "--urls=http://127.0.0.1:0", "--Relief:Storage=Sqlite", $"--ConnectionStrings:Relief=Data Source={file}",
        "--Relief:BootstrapApiKey=" + key, "--Relief:SeedExample=true", "--Relief:Clock:Manual=true", "--Relief:Clock:StartAt=2026-03-16T09:00:00+08:00",
        "--Serilog:MinimumLevel:Default=Error"
    ];
}
