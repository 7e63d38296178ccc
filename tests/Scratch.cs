namespace Relief.Flow.Tests;

/// <summary>Folders for databases that live as long as one test, which removes them: in memory where the system has room for files there.</summary>
/// <remarks>Processes die in tests, and their files outlive them here as on a disk; nobody cuts the power, so waiting for a disk at each commit proves nothing. Where a test is about killed processes, it takes a disk.</remarks>
internal static class Scratch
{
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    private static readonly string Root = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Room ? Memory : Path.GetTempPath();

    /// <summary>A new folder.</summary>
    /// <param name="name">What its name begins with.</param>
    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, $"{name}{Guid.NewGuid():N}")).FullName;
}
