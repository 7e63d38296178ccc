using System.ComponentModel;
using System.Diagnostics;

namespace Relief.Flow.Tests.Storage;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
public static class Shell
{
    public sealed record Outcome(int Code, string Printed);

    /// <summary>Runs <paramref name="command"/> (program, then arguments). A program that is not there gives code 127, as a shell would.</summary>
    public static async Task<Outcome> Run(string folder, IReadOnlyList<string> command, CancellationToken cancellationToken = default)
    {
        var start = Start(folder, command);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Outcome(process.ExitCode, await output + await errors);
        }
        catch (Win32Exception missing)
        {
            return new Outcome(127, $"{command[0]}: {missing.Message}");
        }
    }

    /// <summary>How to start <paramref name="command"/> with all three streams in our hands.</summary>
    public static ProcessStartInfo Start(string folder, IReadOnlyList<string> command) => new(command[0], command.Skip(1))
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true
    };
}
