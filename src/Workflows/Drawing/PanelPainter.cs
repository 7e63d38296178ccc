using System.Text;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Writes laid-out panels: first the lines, then the boxes, then the labels, so that no line runs through a text.</summary>
internal sealed class PanelPainter(SvgText svg, DiagramStyle style)
{
    private const double Bend = 7;

    public void Paint(Panel panel, Spot at)
    {
        svg.Open("g", ("transform", $"translate({SvgText.Number(at.X)} {SvgText.Number(at.Y)})"));
        if (panel.Shape == PanelShape.Chain)
            Chain(panel);
        foreach (var wire in panel.Wires.OrderBy(wire => MarkOf(wire).Kind))
            Line(wire);
        foreach (var box in panel.Boxes)
            Paint(box);
        foreach (var box in panel.Boxes)
            Labels(box, panel);
        svg.Close();
    }

    private Mark MarkOf(Wire wire) => style.Paint?.Lines.GetValueOrDefault(wire.Line) ?? new Mark(MarkKind.None);

    private void Line(Wire wire)
    {
        var mark = MarkOf(wire);
        var name = mark.Kind == MarkKind.None ? "" : " " + Inks.Name(mark.Kind);
        var (from, to) = (wire.From.Node.DisplayText, wire.To.Node.DisplayText);
        svg.Open("g", ("data-line", $"{wire.Line.Source}|{wire.Line.Port}|{wire.Line.Target}"));
        svg.Text("title", $"{from} · {style.PortName(wire.From.Node, wire.Line.Port)} → {to}" + (mark.Detail is { } detail ? $"\n{detail}" : ""));
        svg.Empty("path", ("class", "w" + name), ("d", Rounded(wire.Path)), ("style", mark.Share > 0 ? $"stroke-width:{SvgText.Number(1.4 + (5 * mark.Share))}px" : mark.Kind is MarkKind.None or MarkKind.Never ? null : "stroke-width:2.4px"));
        Arrow(wire.Path[^1], wire.Path[^2], name);
        svg.Close();
    }

    private void Arrow(Spot tip, Spot before, string name)
    {
        var down = Math.Abs(tip.X - before.X) < 0.2;
        var (x, y) = (SvgText.Number(tip.X), SvgText.Number(tip.Y));
        svg.Empty("path", ("class", "a" + name), ("d", down ? $"M{x} {y}l-4.5 -8h9z" : $"M{x} {y}l-8 -4.5v9z"));
    }

    private void Chain(Panel panel)
    {
        foreach (var (upper, lower) in panel.Boxes.Zip(panel.Boxes.Skip(1)))
        {
            var x = upper.X + (Box.Narrowest / 2);
            svg.Empty("path", ("class", "w"), ("d", $"M{SvgText.Number(x)} {SvgText.Number(upper.Bottom)}V{SvgText.Number(lower.Y - 1)}"));
            Arrow(new Spot(x, lower.Y - 1), new Spot(x, upper.Bottom), "");
        }
    }

    private void Paint(Box box)
    {
        var mark = style.Paint?.Activities.GetValueOrDefault(box.Node.Id) ?? new Mark(MarkKind.None);
        var kind = " k-" + Inks.Name(box.Look.Kind);
        svg.Open("g", ("transform", $"translate({SvgText.Number(box.X)} {SvgText.Number(box.Y)})"), ("data-activity", box.Node.Id));
        svg.Text("title", $"{box.Node.DisplayText} · {box.Look.TypeName} · {style.Word("kind." + box.Look.Kind)}" + (mark.Detail is { } detail ? $"\n{detail}" : ""));
        if (box.IsStart)
            Start(box);
        Card(box, mark);
        var fade = mark.Kind is MarkKind.Never or MarkKind.Removed ? "f" : null;
        svg.Open("g", ("class", fade));
        svg.Empty("path", ("class", "e" + kind), ("d", $"M5 .3A8 8 0 0 0 0 8V{SvgText.Number(box.Height - 8)}A8 8 0 0 0 5 {SvgText.Number(box.Height - .3)}z"));
        svg.Open("g", ("transform", "translate(14 12)")).Empty("rect", ("class", "c" + kind), ("width", 24), ("height", 24), ("rx", 6))
            .Empty("path", ("class", "i" + kind), ("d", Signs.Of(box.Look.Kind)), ("transform", "translate(4 4)")).Close();
        var y = 29.0;
        foreach (var line in box.Title)
        {
            svg.Text("text", line, ("class", "t"), ("x", Box.TextLeft), ("y", y));
            y += 18;
        }

        svg.Text("text", box.Subtitle, ("class", "s"), ("x", Box.TextLeft), ("y", y)).Close();
        foreach (var panel in box.Panels)
            Inset(panel, box);
        Badge(box, mark);
        svg.Close();
    }

    private void Start(Box box)
    {
        var y = box.EntryY - box.Y;
        svg.Empty("circle", ("class", "dot"), ("cx", -21), ("cy", y), ("r", 5)).Empty("path", ("class", "w"), ("d", $"M-16 {SvgText.Number(y)}H-4"));
        Arrow(new Spot(0, y), new Spot(-16, y), "");
    }

    private void Card(Box box, Mark mark)
    {
        svg.Empty("rect", ("class", "card"), ("width", box.Width), ("height", box.Height), ("rx", 8));
        if (mark.Kind != MarkKind.None)
            svg.Empty("rect", ("class", "o " + Inks.Name(mark.Kind)), ("x", -2), ("y", -2), ("width", box.Width + 4), ("height", box.Height + 4), ("rx", 10));
    }

    private void Inset(Panel panel, Box box)
    {
        svg.Empty("rect", ("class", "inset"), ("x", panel.X), ("y", panel.Y), ("width", box.Width - 20), ("height", panel.Height), ("rx", 6));
        if (panel.Label is { } label)
            svg.Text("text", label, ("class", "s"), ("x", panel.X + 4), ("y", panel.Y - 6));
        Paint(panel, new Spot(panel.X, panel.Y));
    }

    private void Badge(Box box, Mark mark)
    {
        if (mark.Share > 0)
            svg.Empty("rect", ("class", "n " + Inks.Name(mark.Kind)), ("x", 8), ("y", box.Height - 4), ("width", (box.Width - 16) * Math.Min(mark.Share, 1)), ("height", 4), ("rx", 2));
        if (mark.Badge is not { } badge)
            return;

        var width = TextFit.Width(badge, 11) + 16;
        svg.Empty("rect", ("class", "n " + Inks.Name(mark.Kind)), ("x", box.Width - width - 6), ("y", -10), ("width", width), ("height", 18), ("rx", 9))
            .Text("text", badge, ("class", "b"), ("x", box.Width - 6 - (width / 2)), ("y", 3), ("text-anchor", "middle"));
    }

    private void Labels(Box box, Panel panel)
    {
        foreach (var (name, label) in box.Ports)
        {
            var shares = panel.Wires.Where(wire => wire.From == box && wire.Line.Port == name).Select(wire => MarkOf(wire).Badge).Where(badge => badge is not null).Distinct().ToArray();
            var text = shares is [{ } only] ? $"{label} {only}".TrimStart() : label;
            if (text.Length > 0)
                svg.Text("text", text, ("class", "p"), ("x", box.Right + 6), ("y", box.PortY(name) - 4));
        }
    }

    private static string Rounded(IReadOnlyList<Spot> path)
    {
        var d = new StringBuilder("M" + At(path[0]));
        for (var i = 1; i < path.Count - 1; i++)
        {
            var (corner, before, after) = (path[i], Toward(path[i], path[i - 1]), Toward(path[i], path[i + 1]));
            d.Append('L').Append(At(before)).Append('Q').Append(At(corner)).Append(' ').Append(At(after));
        }

        return d.Append('L').Append(At(path[^1])).ToString();
    }

    private static string At(Spot spot) => $"{SvgText.Number(spot.X)} {SvgText.Number(spot.Y)}";

    private static Spot Toward(Spot from, Spot to)
    {
        var length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
        var part = length == 0 ? 0 : Math.Min(Bend, length / 2) / length;
        return new Spot(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
    }
}
