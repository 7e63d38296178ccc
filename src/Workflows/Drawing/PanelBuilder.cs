using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Turns activities into boxes with their panels, from the inside out: each panel is laid out before the box around it is measured.</summary>
internal sealed class PanelBuilder(DiagramStyle style)
{
    private const double Padding = 14;
    private const double LabelHeight = 20;

    private static readonly string[] Order = ["then", "else", "body"];

    /// <summary>The whole picture: the root's contents, or the root itself when it contains nothing.</summary>
    public Panel Whole(Node root)
    {
        if (root.Embedded.Count == 0 && (!root.Activities.IsEmpty || root.Type == FlowchartRules.Type))
            return Contents(root, null, 30);

        var panel = new Panel { Shape = PanelShape.Stack, Boxes = [BoxOf(root)] };
        LayOut(panel, root, 30);
        return panel;
    }

    private Panel Contents(Node node, string? label, double margin)
    {
        var panel = new Panel { Label = label, Shape = ShapeOf(node), Boxes = [.. node.Activities.Select(BoxOf)] };
        LayOut(panel, node, margin);
        return panel;
    }

    private static PanelShape ShapeOf(Node node) =>
        node.Type == FlowchartRules.Type || !node.Connections.IsEmpty ? PanelShape.Flowchart
        : node.Type.EndsWith("Sequence", StringComparison.Ordinal) ? PanelShape.Chain
        : PanelShape.Stack;

    private Box BoxOf(Node node)
    {
        var look = style.Look(node);
        var titleWidth = Box.Narrowest - Box.TextLeft - 10;
        var shown = node.DisplayText == look.TypeName ? node.Type : look.TypeName;
        var box = new Box(node, look)
        {
            Title = TextFit.Lines(node.DisplayText, DiagramWriter.TitleSize, titleWidth, 2),
            Subtitle = TextFit.Clip(shown, DiagramWriter.LabelSize, titleWidth)
        };
        if (!node.Activities.IsEmpty)
            box.Panels.Add(Contents(node, null, Padding));
        foreach (var (member, child) in node.Embedded.OrderBy(one => Array.IndexOf(Order, one.Key) is >= 0 and var at ? at : 9).ThenBy(one => one.Key, StringComparer.Ordinal))
            box.Panels.Add(Embedded(style.PortName(node, member), child));
        Measure(box);
        return box;
    }

    // A sequence or flowchart in a member is not drawn as a box of its own: the member's frame says as much.
    private Panel Embedded(string label, Node child)
    {
        if (child.Embedded.Count == 0 && !child.Activities.IsEmpty)
            return Contents(child, label, Padding);

        var panel = new Panel { Label = label, Shape = PanelShape.Stack, Boxes = [BoxOf(child)] };
        LayOut(panel, child, Padding);
        return panel;
    }

    private static void Measure(Box box)
    {
        box.HeadHeight = box.NeededHead();
        box.Height = box.HeadHeight;
        foreach (var panel in box.Panels)
        {
            panel.X = 10;
            panel.Y = box.Height + (panel.Label is null ? 0 : LabelHeight);
            box.Height = panel.Y + panel.Height + 10;
            box.Width = Math.Max(box.Width, panel.Width + 20);
        }
    }

    private void LayOut(Panel panel, Node owner, double margin)
    {
        switch (panel.Shape)
        {
            case PanelShape.Flowchart:
                LayOutFlowchart(panel, owner);
                break;
            case PanelShape.Chain:
                Column(panel, 34);
                break;
            default:
                Column(panel, 14);
                break;
        }

        panel.Settle(margin);
    }

    private static void Column(Panel panel, double gap)
    {
        var y = 0.0;
        foreach (var box in panel.Boxes)
        {
            box.Y = y;
            y += box.Height + gap;
        }
    }

    private void LayOutFlowchart(Panel panel, Node owner)
    {
        var boxes = panel.Boxes.ToDictionary(box => box.Node.Id, StringComparer.Ordinal);
        foreach (var line in owner.Connections.Distinct())
        {
            if (boxes.TryGetValue(line.Source, out var from) && boxes.TryGetValue(line.Target, out var to))
                panel.Wires.Add(new Wire(line, from, to));
        }

        foreach (var start in FlowchartRules.Starts(owner))
            boxes[start.Id].IsStart = true;
        foreach (var group in panel.Wires.GroupBy(wire => wire.From))
            group.Key.Ports.AddRange(group.Select(wire => wire.Line.Port).Distinct(StringComparer.Ordinal).Select(port => (port, LabelOf(group.Key.Node, port, group))));
        foreach (var box in panel.Boxes)
            Measure(box);

        if (!Placement.AsDrawn(panel))
            Layers.Place(panel);
        foreach (var box in panel.Boxes)
            SortPorts(box, panel);
        new Router(panel).Route();
    }

    private string LabelOf(Node node, string port, IEnumerable<Wire> wires) =>
        port == "Done" && wires.All(wire => wire.Line.Port == port) ? "" : TextFit.Clip(style.PortName(node, port), DiagramWriter.LabelSize, 110);

    // Outcomes stand in the order in which their lines go off, so that lines do not cross at once.
    private static void SortPorts(Box box, Panel panel)
    {
        if (box.Ports.Count < 2)
            return;

        var heights = panel.Wires.Where(wire => wire.From == box).GroupBy(wire => wire.Line.Port)
            .ToDictionary(port => port.Key, port => port.Average(wire => wire.To.X > box.X ? wire.To.Y : wire.To.Y + 10_000));
        box.Ports.Sort((one, other) => heights[one.Name].CompareTo(heights[other.Name]) is not 0 and var order ? order : string.CompareOrdinal(one.Name, other.Name));
    }
}
