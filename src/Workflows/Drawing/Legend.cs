namespace Relief.Flow.Workflows.Drawing;

/// <summary>What the signs and colours of a picture mean: only those that occur in it.</summary>
internal sealed class Legend
{
    private readonly List<(ActivityKind Kind, string Text)> _kinds;
    private readonly List<(MarkKind Kind, string Text)> _marks;

    public Legend(DiagramStyle style, Panel panel)
    {
        _kinds = [.. Kinds(panel).Distinct().Order().Select(kind => (kind, style.Word("kind." + kind)))];
        var painted = (style.Paint?.Activities.Values ?? []).Concat(style.Paint?.Lines.Values ?? []).Select(mark => mark.Kind);
        _marks = [.. painted.Where(kind => kind != MarkKind.None).Distinct().Order().Select(kind => (kind, style.Word("mark." + kind)))];
    }

    public double Width => 60 + _kinds.Sum(one => Room(one.Text)) + _marks.Sum(one => Room(one.Text));

    public void Paint(SvgText svg, double y)
    {
        var x = 30.0;
        svg.Open("g", ("aria-hidden", "true"));
        foreach (var (kind, text) in _kinds)
        {
            var name = " k-" + Inks.Name(kind);
            svg.Open("g", ("transform", $"translate({SvgText.Number(x)} {SvgText.Number(y - 15)})"))
                .Empty("rect", ("class", "c" + name), ("width", 20), ("height", 20), ("rx", 5))
                .Empty("path", ("class", "i" + name), ("d", Signs.Of(kind)), ("transform", "translate(3.2 3.2) scale(.85)")).Close()
                .Text("text", text, ("class", "g"), ("x", x + 26), ("y", y));
            x += Room(text);
        }

        foreach (var (kind, text) in _marks)
        {
            svg.Empty("rect", ("class", "o " + Inks.Name(kind)), ("x", x + 1), ("y", y - 13), ("width", 18), ("height", 14), ("rx", 4))
                .Text("text", text, ("class", "g"), ("x", x + 26), ("y", y));
            x += Room(text);
        }

        svg.Close();
    }

    private static double Room(string text) => 46 + TextFit.Width(text, 12);

    private static IEnumerable<ActivityKind> Kinds(Panel panel) =>
        panel.Boxes.SelectMany(box => box.Panels.SelectMany(Kinds).Prepend(box.Look.Kind));
}
