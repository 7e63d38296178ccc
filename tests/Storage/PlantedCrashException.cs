namespace Relief.Flow.Tests.Storage;

/// <summary>The crash that <see cref="CrashingStore"/> was told to make.</summary>
public sealed class PlantedCrashException(string call, CrashMoment moment) : Exception($"Planted crash {moment} {call}.");
