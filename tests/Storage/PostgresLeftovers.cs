using System.Diagnostics;
using System.Globalization;

namespace Relief.Flow.Tests.Storage;

/// <summary>Clears away what a test run left behind that was killed together with its watchdog.</summary>
public static class PostgresLeftovers
{
    /// <summary>Ends the servers and removes the folders of test processes that are gone. Others' running tests are left alone.</summary>
    /// <param name="prefix">A folder is named prefix, the test process's id, a dash, anything.</param>
    public static void Clear(string prefix)
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var id) || IsRunning(id))
                continue;

            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            var note = Path.Combine(folder, "data", "postmaster.pid");
            if (File.Exists(note) && int.TryParse(File.ReadLines(note).FirstOrDefault(), CultureInfo.InvariantCulture, out var server))
                End(server, folder);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Another user's, or a watchdog is at it this very moment: it is theirs to clear.
        }
    }

    private static void End(int server, string folder)
    {
        // An id may have been given to another program since; the server is known by where it works.
        var place = new DirectoryInfo($"/proc/{server}/cwd").ResolveLinkTarget(returnFinalTarget: false);
        if (place is null || !place.FullName.StartsWith(folder, StringComparison.Ordinal))
            return;

        using var process = Process.GetProcessById(server);
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(5));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
