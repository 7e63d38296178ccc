using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>A step with its place in the picture; lengths in pixels, places within its panel.</summary>
internal sealed class Box(Node node, ActivityLook look)
{
    public const double Narrowest = 200;
    public const double TextLeft = 46;
    private const double PortGap = 22;

    public Node Node { get; } = node;

    public ActivityLook Look { get; } = look;

    public IReadOnlyList<string> Title { get; init; } = [];

    public string Subtitle { get; init; } = "";

    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; } = Narrowest;

    public double Height { get; set; }

    /// <summary>The height of what is not a panel.</summary>
    public double HeadHeight { get; set; }

    /// <summary>What it contains, drawn inside it.</summary>
    public List<Panel> Panels { get; } = [];

    /// <summary>Its outcomes that lead on, from top to bottom, with their labels.</summary>
    public List<(string Name, string Label)> Ports { get; } = [];

    public bool IsStart { get; set; }

    public double Right => X + Width;

    public double Bottom => Y + Height;

    /// <summary>Where lines come in, level with its first outcome, so that a straight way is drawn straight.</summary>
    public double EntryY => Y + 32;

    /// <summary>The room that its labels need to the right of it.</summary>
    public double LabelWidth => Ports.Count == 0 ? 0 : Ports.Max(port => TextFit.Width(port.Label, DiagramWriter.LabelSize));

    public double PortY(string port)
    {
        var index = Ports.FindIndex(one => one.Name == port);
        return EntryY + (index * PortGap);
    }

    /// <summary>The height that its text and its outcomes need.</summary>
    public double NeededHead() => Math.Max(28 + (Title.Count * 18) + 16, 44 + (Ports.Count * PortGap) - PortGap + 8);
}
