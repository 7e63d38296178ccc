namespace Relief.Flow.Tests.Scenarios;

public sealed class UntilConfirmedTestsOnSqlite : UntilConfirmedTests
{
    protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
}
