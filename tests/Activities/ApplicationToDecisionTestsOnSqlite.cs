using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Activities;

public sealed class ApplicationToDecisionTestsOnSqlite() : ApplicationToDecisionTests(StorageKind.Sqlite);
