using System.Diagnostics;
using Microsoft.Playwright;

namespace Relief.Flow.Tests.Studio;

/// <summary>Debian's chromium, installed by the first test that needs it when the machine has none.</summary>
public static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];
    private static readonly Lazy<Task<string>> Found = new(Find);

    /// <exception cref="InvalidOperationException">There is none and it cannot be installed; the message says what to do.</exception>
    public static async Task<IBrowser> Start(IPlaywright playwright) => await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = await Found.Value,
        Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
    });

    private static async Task<string> Find()
    {
        if (Here() is { } there)
            return there;

        var asRoot = Environment.UserName == "root" ? "" : "sudo -n ";
        await Run($"{asRoot}apt-get update -qq && {asRoot}env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk");
        return Here() ?? throw new InvalidOperationException("The designer's tests need chromium: apt-get install chromium, or set RELIEF_CHROMIUM to its path.");
    }

    private static string? Here() =>
        Environment.GetEnvironmentVariable("RELIEF_CHROMIUM") is { Length: > 0 } given && File.Exists(given) ? given : Places.FirstOrDefault(File.Exists);

    private static async Task Run(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0)
            throw new InvalidOperationException($"chromium could not be installed: {said}");
    }
}
