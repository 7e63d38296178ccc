using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>What the checks of a definition must know of an activity type.</summary>
/// <param name="Type">The type as definitions name it, such as <c>Relief.Survey</c>.</param>
/// <param name="Outcomes">The ports it may leave by; empty for <c>Done</c> alone; <c>*</c> among them for any. Ports made by its cases, branches or outcome lists come on top.</param>
/// <param name="Waits">True when it may stop and wait for something.</param>
/// <param name="MovesMoney">True when money leaves a fund by it: it must lie behind an approval.</param>
/// <param name="Approves">True when a person decides by it that what follows may be done.</param>
/// <param name="IsContainer">True when it runs activities inside it.</param>
public sealed record ActivityShape(
    string Type, ImmutableArray<string> Outcomes, bool Waits, bool MovesMoney, bool Approves, bool IsContainer, ImmutableArray<InputShape> Inputs)
{
    /// <summary>True when people establish by it the facts on which others decide.</summary>
    public bool Investigates { get; init; }

    /// <summary>True when it keeps those who established the facts from deciding, without being told.</summary>
    public bool ExcludesInvestigators { get; init; }

    /// <summary>True when it gets help to a person in danger.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>Outcomes that need not be drawn.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];
}

/// <summary>An input of an activity type.</summary>
/// <param name="Name">The name as declared; definitions write it with a small first letter.</param>
/// <param name="Required">True when there is no default, so that a definition must give an expression.</param>
public sealed record InputShape(string Name, bool Required);
