using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Activities;

[Collection(PostgresCollection.Name)]
public sealed class ApplicationToDecisionTestsOnPostgres() : ApplicationToDecisionTests(StorageKind.PostgreSql);
