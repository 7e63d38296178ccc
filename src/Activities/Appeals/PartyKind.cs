namespace Relief.Flow.Activities.Appeals;

/// <summary>Who appeals.</summary>
public enum PartyKind
{
    /// <summary>The person the matter is about.</summary>
    Person,

    /// <summary>Somebody who does things for them, under a mandate (P20).</summary>
    Agent,

    /// <summary>The supplier, about money.</summary>
    Supplier,

    /// <summary>The neighbour whose subsidy it is.</summary>
    Helper,

    /// <summary>Anybody, about a public sheet.</summary>
    Public
}
