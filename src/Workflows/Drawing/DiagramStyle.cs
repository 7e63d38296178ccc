using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>What a reader of a picture must see at once of a step.</summary>
public enum ActivityKind
{
    Plain,
    Approval,
    Money,
    Wait,
    Decision,
    Container,
    Child,
    Emergency,
    End
}

/// <summary>How a step is shown.</summary>
/// <param name="TypeName">The name of its type in the picture's language.</param>
public sealed record ActivityLook(ActivityKind Kind, string TypeName);

/// <summary>How a definition is drawn: the looks of its steps, the words, and what is painted over it.</summary>
public sealed record DiagramStyle
{
    public required Func<Node, ActivityLook> Look { get; init; }

    /// <summary>An outcome of a step, or a member that holds a child of it, in the picture's language.</summary>
    public Func<Node, string, string> PortName { get; init; } = (_, port) => port;

    /// <summary>A text by its key, such as <c>kind.Approval</c>; see <see cref="DiagramWriter"/> for all.</summary>
    public required Func<string, string> Word { get; init; }

    /// <summary>The language tag of the picture, <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh-CN";

    public DiagramPaint? Paint { get; init; }
}

/// <summary>What is painted over a drawing: a comparison, or what a simulation reached.</summary>
public sealed record DiagramPaint
{
    public ImmutableDictionary<string, Mark> Activities { get; init; } = ImmutableDictionary<string, Mark>.Empty;

    public ImmutableDictionary<Connection, Mark> Lines { get; init; } = ImmutableDictionary<Connection, Mark>.Empty;

    /// <summary>One sentence under the title, such as <c>v3 → v4</c>.</summary>
    public string? Caption { get; init; }
}

/// <summary>What is painted over one step or line.</summary>
/// <param name="Badge">A few characters shown with it.</param>
/// <param name="Share">Between 0 and 1: how much of the whole it saw.</param>
/// <param name="Detail">Shown when it is pointed at.</param>
public sealed record Mark(MarkKind Kind, string? Badge = null, double Share = 0, string? Detail = null);

public enum MarkKind
{
    None,
    Added,
    Removed,
    Changed,
    Moved,
    Reached,
    Never,
    Stuck,

    /// <summary>Something stands here and waits.</summary>
    Standing
}
