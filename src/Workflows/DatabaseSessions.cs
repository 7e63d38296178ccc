namespace Relief.Flow.Workflows;

/// <summary>How many sessions a process keeps open at PostgreSQL for one purpose.</summary>
/// <remarks>
/// Few, and by its processors: each session plans every statement for itself, and all of them again when the server has counted a table anew. With a hundred of them on two
/// processors that alone stopped the first rings of a doorbell for seconds.
/// </remarks>
public static class DatabaseSessions
{
    private const int Fewest = 12;
    private const int PerProcessor = 6;
    private const int MostOfAll = 40;

    /// <summary>At most so many; a connection string that asks for fewer gets fewer.</summary>
    public static int Most { get; } = Math.Clamp(PerProcessor * Environment.ProcessorCount, Fewest, MostOfAll);
}
