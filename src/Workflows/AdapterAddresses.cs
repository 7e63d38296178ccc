namespace Relief.Flow.Workflows;

/// <summary>The outside systems that have an address here, by the name that messages call them (<c>Relief:Adapters:&lt;name&gt;</c>).</summary>
public sealed class AdapterAddresses(IReadOnlyDictionary<string, AdapterAddress> all)
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Relief:Adapters";

    private const string Prefix = "adapter:";

    /// <summary>An installation without any.</summary>
    public static AdapterAddresses None { get; } = new(new Dictionary<string, AdapterAddress>());

    /// <summary>Every name that something is set for.</summary>
    public IEnumerable<string> Names => all.Keys;

    /// <summary>What is set for a system; null when nothing is.</summary>
    public AdapterAddress? Of(string name) => all.TryGetValue(name, out var found) ? found : null;

    /// <summary>Whether calls can be sent there at all.</summary>
    public bool Has(string name) => Of(name)?.Url is not null;

    /// <summary>Where its messages go, for pausing, counting and dead letters.</summary>
    public static string TargetOf(string name) => Prefix + name;

    /// <summary>The system that a target stands for; null when it is another one.</summary>
    public static string? NameOf(string target) => target.StartsWith(Prefix, StringComparison.Ordinal) ? target[Prefix.Length..] : null;
}
