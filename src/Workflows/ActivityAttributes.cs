namespace Relief.Flow.Workflows;

/// <summary>Shows a class in the designer. Its type name is the last part of the namespace's root and the class name: <c>Relief.Survey</c>.</summary>
/// <param name="category">The group in the toolbox; no slash.</param>
/// <param name="description">One English sentence; the Chinese stands in the resources.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivityAttribute(string category, string description) : Attribute
{
    public string Category { get; } = category;

    public string Description { get; } = description;

    /// <summary>The activity type when it is not <c>Relief.</c> and the class name.</summary>
    public string? Type { get; init; }

    /// <summary>The Chinese name shown in the designer.</summary>
    public string? Chinese { get; init; }

    /// <summary>True when it pays, commits or reserves money: an approval must lie before it (validation).</summary>
    public bool MovesMoney { get; init; }

    /// <summary>True when it is a person's approval.</summary>
    public bool Approves { get; init; }

    /// <summary>True when people establish by it the facts on which others decide: who did so may not approve.</summary>
    public bool Investigates { get; init; }

    /// <summary>True when it keeps those who established the facts from deciding, without being told (INV-09).</summary>
    public bool ExcludesInvestigators { get; init; }

    /// <summary>True when it gets help to a person in danger: an outcome that says danger must lead to one.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>True when it may wait (validation asks that all its outcomes are connected).</summary>
    public bool Waits { get; init; }

    /// <summary>True when a stimulus at it may start an instance (<c>customProperties.canStartWorkflow</c>).</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Members that may hold an activity to run inside it.</summary>
    public string[] Embedded { get; init; } = [];

    /// <summary>True for what is kept for definitions drawn with it, and not offered in the designer.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What it does outside the instance, and so what a crash in the middle of it may mean (engine.md 1.6).</summary>
    public EffectClass Effect { get; init; } = EffectClass.Pure;
}

/// <summary>The outcomes by which an activity may end: its ports in the designer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutcomesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Those that need not be drawn: without a line from them nothing is missing, or the activity raises an incident instead.</summary>
    public string[] Optional { get; init; } = [];
}

/// <summary>A property that is bound from the definition before each call.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    /// <summary>The Chinese name shown in the designer.</summary>
    public string? Chinese { get; init; }

    /// <summary>Members that are not wrapped in an expression, such as a switch's cases, are bound as they stand.</summary>
    public bool IsPlain { get; init; }

    /// <summary>How the designer edits it, one of <see cref="UiHints"/>; null for what fits its type.</summary>
    public string? Hint { get; init; }

    /// <summary>The values to choose from; null for a free one. The members of an enum are found by themselves.</summary>
    public string[]? Options { get; init; }

    /// <summary>The value that an absent input has, as the designer shows it; the class gives its property the same.</summary>
    public object? Default { get; init; }
}

/// <summary>A property that is read after each call and kept under its name and in the bound variable.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    public string? Chinese { get; init; }
}

/// <summary>The activity changes records: it gets a <see cref="UnitOfWork"/> and is the last of its burst (engine rule 8).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChangesRecordsAttribute : Attribute;

/// <summary>The activity only reads records. An instance that begins in the transaction of its records runs it there and gives it the <see cref="UnitOfWork"/>; elsewhere it reads what is committed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsRecordsAttribute : Attribute;
