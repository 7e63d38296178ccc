using System.Collections.Immutable;
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

    public Definition Definition { get; }

    public Instance Instance { get; private set; }

    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>How many activities have run in this burst.</summary>
    public int Activities { get; private set; }

    public void Apply(Stimulus stimulus)
    {
        var step = Interpreter.Advance(Definition, Instance, stimulus);
        Instance = step.Instance;
        _effects.AddRange(step.Effects);
        if (stimulus is Returned or Entered)
        {
            Activities++;
        }
    }

    /// <summary>Lets the instance take in everything that its claim brought, oldest first.</summary>
    public void ReadMail()
    {
        foreach (var stimulus in Claim.Mail.Select(Stimuli.Read).OfType<Stimulus>())
        {
            Apply(stimulus);
        }
    }

    /// <summary>The same burst up to here, to be continued more than once (a repeated transaction).</summary>
    public OpenBurst Copy()
    {
        var copy = new OpenBurst(Claim, Definition, Instance) { Activities = Activities };
        copy._effects.AddRange(_effects);
        return copy;
    }

    public void CountYield() => Instance = Instance with { Yields = Instance.Status == InstanceStatus.Running ? Instance.Yields + 1 : 0 };

    /// <summary>What goes to the store.</summary>
    public BurstCommit ToCommit() => BurstWriter.Write(this);
}
