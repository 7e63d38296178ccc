using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Why an instance stands where it stands, in words, from stored facts only (engine.md 2.3).</summary>
public sealed record Why
{
    public required Guid InstanceId { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>The definition's name.</summary>
    public required string Definition { get; init; }

    public required int Version { get; init; }

    public string? Name { get; init; }

    public string? BusinessKey { get; init; }

    /// <summary>Running, Waiting, Faulted, Suspended, Finished or Cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>One sentence that says the most important thing.</summary>
    public required string Headline { get; init; }

    /// <summary>1: the steps at which it is.</summary>
    public required IReadOnlyList<WhyLine> At { get; init; }

    /// <summary>2: what it waits for.</summary>
    public required IReadOnlyList<WhyLine> WaitsFor { get; init; }

    /// <summary>3: what will make it go on.</summary>
    public required IReadOnlyList<WhyLine> GoesOnWhen { get; init; }

    /// <summary>4: what keeps it from going on; empty when nothing is wrong. The gravest first.</summary>
    public required IReadOnlyList<WhyLine> CannotBecause { get; init; }

    /// <summary>5: what changed since it began.</summary>
    public required IReadOnlyList<WhyLine> Changed { get; init; }

    /// <summary>6: what may be done, what helps most first.</summary>
    public required IReadOnlyList<RepairOffer> May { get; init; }
}

/// <summary>One sentence of the answer, with the facts behind it.</summary>
public sealed record WhyLine(string Text)
{
    /// <summary>The code K1 and on; null for what is no fault.</summary>
    public string? Code { get; init; }

    /// <summary>What to do about the code, in general.</summary>
    public string? Runbook { get; init; }

    public StuckSeverity? Severity { get; init; }

    public string? ActivityId { get; init; }

    /// <summary>A task, a child instance, a repair that it is about.</summary>
    public Guid? Id { get; init; }

    public DateTimeOffset? Since { get; init; }
}

/// <summary>Something that may be done, and what it would do.</summary>
/// <param name="Target">Give it with the order; null for the instance as a whole.</param>
/// <param name="Label">The name of the deed.</param>
/// <param name="Effect">What it would do: the dry run in a sentence.</param>
public sealed record RepairOffer(RepairAction Action, string? Target, string Label, string Effect)
{
    /// <summary>Give one of these as <c>to</c>; empty when nothing is to be chosen.</summary>
    public IReadOnlyList<RepairChoice> Choices { get; init; } = [];

    /// <summary>The code that it helps against; null for what is possible at any time.</summary>
    public string? Against { get; init; }

    /// <summary>A second person has to agree.</summary>
    public bool NeedsSecond { get; init; }

    /// <summary>The step, by its name in the designer.</summary>
    public string? Step { get; init; }
}

public sealed record RepairChoice(string Value, string Text);
