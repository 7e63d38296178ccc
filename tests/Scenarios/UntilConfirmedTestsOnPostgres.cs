using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

[Collection(PostgresCollection.Name)]
public sealed class UntilConfirmedTestsOnPostgres : UntilConfirmedTests
{
    protected override async Task<ReliefDesk> Open() => await ReliefDesk.OnPostgres(await (await PostgresServer.Shared).NewDatabase());
}
