using System.Collections.Frozen;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>A burst in the making: the instance as it has become since the claim, and everything that will be written with it.</summary>
public sealed class OpenBurst
{
    private readonly List<Effect> _effects = [];

    public OpenBurst(Claim claim, Definition definition, Instance instance)
    {
        Claim = claim;
        Definition = definition;
        Instance = instance;
    }

    public Claim Claim { get; }

    /// <summary>The version that the instance runs on.</summary>
    public Definition Definition { get; private set; }

    /// <summary>The versions to which mail of the claim may take it, by version id.</summary>
    public IReadOnlyDictionary<string, Definition> Versions { get; init; } = FrozenDictionary<string, Definition>.Empty;

    /// <summary>The version to which it went over in this burst; null when it stays on the one it was claimed with.</summary>
    public Definition? WentOverTo { get; private set; }

    public Instance Instance { get; private set; }

    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>How many activities have run in this burst.</summary>
    public int Activities { get; private set; }

    public void Apply(Stimulus stimulus)
    {
        var step = Interpreter.Advance(Definition, Instance, stimulus);
        Instance = step.Instance;
        if (!ReferenceEquals(step.Definition, Definition))
        {
            Definition = WentOverTo = step.Definition;
        }

        _effects.AddRange(step.Effects);
        if (stimulus is Returned or Entered)
        {
            Activities++;
        }
    }

    /// <summary>Lets the instance take in everything that its claim brought, oldest first.</summary>
    public void ReadMail()
    {
        foreach (var stimulus in Claim.Mail.Select(mail => Stimuli.Read(mail, Versions)).OfType<Stimulus>())
        {
            Apply(stimulus);
        }
    }

    /// <summary>The same burst up to here, to be continued more than once (a repeated transaction).</summary>
    public OpenBurst Copy()
    {
        var copy = new OpenBurst(Claim, Definition, Instance) { Activities = Activities, Versions = Versions, WentOverTo = WentOverTo };
        copy._effects.AddRange(_effects);
        return copy;
    }

    public void CountYield() => Instance = Instance with { Yields = Instance.Status == InstanceStatus.Running ? Instance.Yields + 1 : 0 };

    /// <summary>What goes to the store.</summary>
    public BurstCommit ToCommit() => BurstWriter.Write(this);
}
