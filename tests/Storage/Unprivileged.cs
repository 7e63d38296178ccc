namespace Relief.Flow.Tests.Storage;

/// <summary>PostgreSQL refuses to run as root. When the tests do (in a container, say), its programs run as a user without rights.</summary>
public static class Unprivileged
{
    private static readonly string? User = IsRoot() ? Someone() : null;

    /// <summary>The command as it must be started: unchanged, or through a change of user.</summary>
    public static IReadOnlyList<string> Command(IReadOnlyList<string> command) => User is null ? command
        : File.Exists("/usr/bin/setpriv") ? ["/usr/bin/setpriv", $"--reuid={User}", $"--regid={Group(User)}", "--clear-groups", "--", .. command]
        : ["runuser", "-u", User, "--", .. command];

    /// <summary>Gives the folder to the user that PostgreSQL will run as.</summary>
    public static async Task Own(string folder, CancellationToken cancellationToken)
    {
        if (User is not null)
            await OrFail(folder, ["chown", $"{User}:{Group(User)}", folder], cancellationToken);
    }

    /// <summary>The programs where that user can run them: copied into <paramref name="folder"/> if their own place is closed to it, such as root's home.</summary>
    public static async Task<string> Reachable(string programs, string folder, CancellationToken cancellationToken)
    {
        var probe = await Shell.Run(folder, Command([Path.Combine(programs, "postgres"), "--version"]), cancellationToken);
        if (User is null || probe.Code == 0)
            return programs;

        var copy = Path.Combine(folder, "programs");
        await OrFail(folder, ["cp", "-R", Path.GetDirectoryName(programs)!, copy], cancellationToken);
        return Path.Combine(copy, Path.GetFileName(programs));
    }

    private static async Task OrFail(string folder, string[] command, CancellationToken cancellationToken)
    {
        var outcome = await Shell.Run(folder, command, cancellationToken);
        if (outcome.Code != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {outcome.Code}: {outcome.Printed}");
    }

    private static bool IsRoot() => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    private static string Someone() => Accounts().Any(account => account[0] == "postgres") ? "postgres" : "nobody";

    private static string Group(string user) => Accounts().Single(account => account[0] == user)[3];

    private static IEnumerable<string[]> Accounts() => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(account => account.Length > 3);
}
