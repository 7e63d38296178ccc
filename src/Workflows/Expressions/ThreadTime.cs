using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>How long the calling thread has really run: time in which the machine did something else, or stood still, does not count.</summary>
/// <remarks>Where the system does not tell, elapsed time stands in, which is never less.</remarks>
internal static class ThreadTime
{
    private const int OnLinux = 3;
    private const int OnMac = 16;

    private static readonly int? Clock = !Environment.Is64BitProcess ? null : OperatingSystem.IsLinux() ? OnLinux : OperatingSystem.IsMacOS() ? OnMac : null;

    public static TimeSpan Now()
    {
        if (Clock is { } clock && Read(clock, out var used) == 0)
            return TimeSpan.FromTicks(used.Seconds * TimeSpan.TicksPerSecond + used.Nanoseconds / TimeSpan.NanosecondsPerTick);

        return OperatingSystem.IsWindows() && ReadWindows(-2, out _, out _, out var inSystem, out var inProgram)
            ? TimeSpan.FromTicks(inSystem + inProgram)
            : Stopwatch.GetElapsedTime(0);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Moment moment);

    // -2 is the calling thread.
    [DllImport("kernel32", EntryPoint = "GetThreadTimes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ReadWindows(nint thread, out long begun, out long ended, out long inSystem, out long inProgram);

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
