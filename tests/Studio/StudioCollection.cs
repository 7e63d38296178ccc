namespace Relief.Flow.Tests.Studio;

/// <summary>One host and one browser for everything that is looked at in the designer; its 8 MB are loaded once.</summary>
[CollectionDefinition(Name)]
public sealed class StudioCollection : ICollectionFixture<StudioFixture>
{
    public const string Name = "Studio";
}
