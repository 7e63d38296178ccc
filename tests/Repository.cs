namespace Relief.Flow.Tests;

/// <summary>Where the working tree is, for tests that read its files.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Relief.Flow.sln</c>, found upwards from the test assembly.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A path inside the working tree.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Relief.Flow.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"No Relief.Flow.sln above {folder}: run the tests from the working tree.");
    }
}
