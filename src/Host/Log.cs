namespace Relief.Flow.Host;

/// <summary>What the host logs, as facts. Event ids 3000–3999. Ids and counts only: no personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Debug, "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms")]
    public static partial void RequestAnswered(ILogger logger, string method, string route, int status, double milliseconds);

    [LoggerMessage(3001, LogLevel.Warning, "The database cannot be reached")]
    public static partial void DatabaseAway(ILogger logger, Exception exception);

    [LoggerMessage(3002, LogLevel.Error, "A request to {Endpoint} broke")]
    public static partial void RequestBroke(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(3010, LogLevel.Information, "The store is open: {Kind}")]
    public static partial void StoreOpened(ILogger logger, string kind);

    [LoggerMessage(3011, LogLevel.Warning, "The store cannot be opened yet; trying again")]
    public static partial void StoreNotOpened(ILogger logger, Exception exception);

    [LoggerMessage(3012, LogLevel.Information, "Definition {DefinitionId} version {Version} was imported")]
    public static partial void DefinitionImported(ILogger logger, string definitionId, int version);

    [LoggerMessage(3015, LogLevel.Warning, "Open viewers could not be told of what moved")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(3030, LogLevel.Warning, "A doorbell signal was refused: {Code}, device {Device}")]
    public static partial void SignalRefused(ILogger logger, string code, string device);

    [LoggerMessage(3031, LogLevel.Information, "The fallback notifier watches the engine")]
    public static partial void FallbackWatches(ILogger logger);

    [LoggerMessage(3032, LogLevel.Critical, "The fallback notifier rings {Alerts} alerts with {Rings} rings; the engine has been silent for {Seconds:0} s")]
    public static partial void FallbackRings(ILogger logger, int alerts, int rings, double seconds);

    [LoggerMessage(3033, LogLevel.Error, "The fallback notifier cannot reach the database")]
    public static partial void FallbackBlind(ILogger logger, Exception exception);

    [LoggerMessage(3034, LogLevel.Error, "The gateway did not take the ring {Ring}")]
    public static partial void FallbackRingFailed(ILogger logger, Exception exception, string ring);

    [LoggerMessage(3035, LogLevel.Warning, "Old nonces of doorbells and channels could not be forgotten; trying again in an hour")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(3036, LogLevel.Warning, "A message of a channel was refused: {Code}, channel {Channel}")]
    public static partial void ChannelRefused(ILogger logger, string code, string channel);

    [LoggerMessage(3037, LogLevel.Warning, "Channels could not be told how their matters stand; trying again")]
    public static partial void NewsFailed(ILogger logger, Exception exception);

    [LoggerMessage(3040, LogLevel.Warning, "Partners' data could not be looked for; trying again in a minute")]
    public static partial void FetchFailed(ILogger logger, Exception exception);

    [LoggerMessage(3041, LogLevel.Warning, "Partner {Partner} did not give {DataSet}: {Status}")]
    public static partial void PartnerRefused(ILogger logger, string partner, string dataSet, int status);

    [LoggerMessage(3042, LogLevel.Warning, "Partner {Partner} could not be asked for {DataSet}")]
    public static partial void PartnerAway(ILogger logger, Exception exception, string partner, string dataSet);

    [LoggerMessage(3043, LogLevel.Warning, "A call of {Adapter} was refused: {Code}")]
    public static partial void CallRefused(ILogger logger, string adapter, string code);

    [LoggerMessage(3044, LogLevel.Warning, "What the big-data system has could not be compared; trying again in ten minutes")]
    public static partial void ReconciliationFailed(ILogger logger, Exception exception);

    [LoggerMessage(3045, LogLevel.Warning, "The big-data system gave no list of {County}: {Status}")]
    public static partial void ReconciliationWithoutList(ILogger logger, string county, int status);

    [LoggerMessage(3013, LogLevel.Error, "Definition file {File} was refused: {Problem}")]
    public static partial void DefinitionRefused(ILogger logger, string file, string problem);

    [LoggerMessage(3014, LogLevel.Information, "{Imported} definitions were imported, {Unchanged} were unchanged, {Refused} were refused")]
    public static partial void DefinitionsLoaded(ILogger logger, int imported, int unchanged, int refused);
}
