using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Steps that are laid out together: a flowchart, a sequence, or the child in a member such as <c>body</c>.</summary>
internal sealed class Panel
{
    /// <summary>The member that holds it; null for plain contents.</summary>
    public string? Label { get; init; }

    public required PanelShape Shape { get; init; }

    public List<Box> Boxes { get; init; } = [];

    public List<Wire> Wires { get; } = [];

    /// <summary>Its place in the box that holds it.</summary>
    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    /// <summary>Moves everything so that it begins at the panel's corner, and takes its measure.</summary>
    public void Settle(double margin)
    {
        if (Boxes.Count == 0)
        {
            (Width, Height) = (Box.Narrowest, 24);
            return;
        }

        var points = Wires.SelectMany(wire => wire.Path).ToArray();
        var left = Boxes.Select(box => box.X - (box.IsStart ? 26 : 0)).Concat(points.Select(point => point.X)).Min() - margin;
        var top = Boxes.Select(box => box.Y - 6).Concat(points.Select(point => point.Y)).Min() - margin;
        var right = Boxes.Select(box => box.Right + (box.Ports.Count > 0 ? box.LabelWidth + 12 : 0)).Concat(points.Select(point => point.X)).Max() + margin;
        var bottom = Boxes.Select(box => box.Bottom).Concat(points.Select(point => point.Y)).Max() + margin;
        foreach (var box in Boxes)
            (box.X, box.Y) = (box.X - left, box.Y - top);
        foreach (var wire in Wires)
            wire.Path = [.. wire.Path.Select(point => new Spot(point.X - left, point.Y - top))];
        (Width, Height) = (right - left, bottom - top);
    }
}

/// <summary>How the steps of a panel follow each other.</summary>
internal enum PanelShape
{
    Flowchart,
    Chain,
    Stack
}

internal readonly record struct Spot(double X, double Y);

/// <summary>A line between two steps, with the corners it takes.</summary>
internal sealed record Wire(Connection Line, Box From, Box To)
{
    public IReadOnlyList<Spot> Path { get; set; } = [];
}
