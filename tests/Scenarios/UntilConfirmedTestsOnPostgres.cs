using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

[Collection(PostgresCollection.Name)]
public sealed class UntilConfirmedTestsOnPostgres : UntilConfirmedTests
{
    protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
}
