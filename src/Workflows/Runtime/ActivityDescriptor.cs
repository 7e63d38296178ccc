using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What is known of an activity type: derived from its class, or from the kernel's own control flow.</summary>
public sealed record ActivityDescriptor
{
    public required string Type { get; init; }

    public required string Category { get; init; }

    public required string Name { get; init; }

    public string? Chinese { get; init; }

    public required string Description { get; init; }

    public ImmutableArray<InputDescriptor> Inputs { get; init; } = [];

    public ImmutableArray<OutputDescriptor> Outputs { get; init; } = [];

    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>Outcomes that need not be drawn.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>The type's version: 1, or that of the definition that it is.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The definition that runs as this activity; null for all others.</summary>
    public WorkflowReference? Workflow { get; init; }

    /// <summary>The class that runs it; null for control flow, which the kernel decides.</summary>
    public Type? Class { get; init; }

    public bool ChangesRecords { get; init; }

    public bool ReadsRecords { get; init; }

    public bool Waits { get; init; }

    public bool MovesMoney { get; init; }

    public bool Approves { get; init; }

    public bool Investigates { get; init; }

    public bool ExcludesInvestigators { get; init; }

    public bool IsEmergency { get; init; }

    /// <summary>True when a stimulus at it may start an instance.</summary>
    public bool IsTrigger { get; init; }

    public EffectClass Effect { get; init; } = EffectClass.Pure;

    /// <summary>Members that hold a child activity, such as <c>body</c> or <c>then</c>: the designer's embedded ports.</summary>
    public ImmutableArray<string> Embedded { get; init; } = [];

    /// <summary>True when its children stand in <c>activities</c>.</summary>
    public bool IsContainer { get; init; }

    /// <summary>False for a type that is kept for definitions already drawn with it, and offered no more.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>What the checks of a definition need to know of it.</summary>
    public ActivityShape ToShape() => new(
        Type, Outcomes, Waits, MovesMoney, Approves, Class is null && Workflow is null, [.. Inputs.Select(input => new InputShape(input.JsonName, input.IsRequired && !input.IsPlain))])
    {
        Investigates = Investigates,
        ExcludesInvestigators = ExcludesInvestigators,
        IsEmergency = IsEmergency,
        Optional = Optional
    };
}

/// <summary>The version of a definition that runs as an activity of its own type.</summary>
public sealed record WorkflowReference(string DefinitionId, string VersionId, int Version, string Name);

/// <summary>A typed input; its JSON name is the camel-cased property name.</summary>
public sealed record InputDescriptor(string Name, Type Type, string Description, string? Chinese, bool IsRequired, bool IsPlain)
{
    public string JsonName { get; } = JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>The property that takes it; null for control flow.</summary>
    public PropertyInfo? Property { get; init; }

    /// <summary>One of <see cref="UiHints"/>; null for what fits its type.</summary>
    public string? Hint { get; init; }

    /// <summary>The values to choose from; empty for a free one.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The value that an absent input has, for the designer to show; null for none.</summary>
    public object? Default { get; init; }
}

/// <summary>A typed output; its JSON name is the camel-cased property name.</summary>
public sealed record OutputDescriptor(string Name, Type Type, string Description, string? Chinese)
{
    public string JsonName { get; } = JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>The property that gives it; null for control flow.</summary>
    public PropertyInfo? Property { get; init; }
}
