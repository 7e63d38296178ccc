namespace Relief.Flow.Tests.Storage;

/// <summary>
/// Test classes marked <c>[Collection(PostgresCollection.Name)]</c> share one real PostgreSQL and run one after the other;
/// they get the running server from <c>await PostgresServer.Shared</c>, or through their constructor as <see cref="PostgresFixture"/>.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
