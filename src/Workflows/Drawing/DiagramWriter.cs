using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Draws a definition as SVG. Pure: the same definition and style give the same bytes.</summary>
/// <remarks>
/// Words asked of the style: <c>kind.*</c> for each <see cref="ActivityKind"/>, <c>mark.*</c> for each <see cref="MarkKind"/>, <c>diagram.version</c>,
/// <c>diagram.steps</c> and <c>diagram.describe</c>. The picture holds no script and no address but that of the SVG language.
/// </remarks>
public static class DiagramWriter
{
    internal const double TitleSize = 14;
    internal const double LabelSize = 12;

    private const double Head = 74;
    private const double Foot = 46;

    public static string Write(Definition definition, DiagramStyle style)
    {
        var panel = new PanelBuilder(style).Whole(definition.Root);
        var legend = new Legend(style, panel);
        var subtitle = Subtitle(definition, style);
        var width = Math.Max(Math.Max(panel.Width, legend.Width), 60 + Math.Max(TextFit.Width(definition.Name, 20), TextFit.Width(subtitle, 12)));
        var height = Head + panel.Height + Foot;
        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {SvgText.Number(width)} {SvgText.Number(height)}"),
            ("width", width), ("height", height), ("role", "img"), ("aria-labelledby", "diagram-title diagram-description"), ("lang", style.Language), ("color-scheme", "light dark"));
        svg.Text("title", definition.Name, ("id", "diagram-title"));
        svg.Text("desc", Description(definition, style), ("id", "diagram-description"));
        svg.Text("style", Inks.Css);
        svg.Empty("rect", ("class", "ground"), ("width", "100%"), ("height", "100%"));
        svg.Text("text", definition.Name, ("class", "h"), ("x", 30), ("y", 38));
        svg.Text("text", subtitle, ("class", "s"), ("x", 30), ("y", 60));
        new PanelPainter(svg, style).Paint(panel, new Spot(0, Head));
        legend.Paint(svg, Head + panel.Height + 22);
        return svg.Close().ToString();
    }

    private static string Subtitle(Definition definition, DiagramStyle style)
    {
        var parts = new[]
        {
            definition.Id, string.Format(null, style.Word("diagram.version"), definition.Version),
            string.Format(null, style.Word("diagram.steps"), definition.Nodes.Count - (definition.Root.Activities.IsEmpty ? 0 : 1)), style.Paint?.Caption
        };
        return string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    // For those who hear the picture: what it is, where it begins, and every step in the order of its place.
    private static string Description(Definition definition, DiagramStyle style)
    {
        var starts = FlowchartRules.Starts(definition.Root).Select(node => node.DisplayText).DefaultIfEmpty(definition.Root.DisplayText);
        var steps = definition.Nodes.Values.Where(node => node.Parent is not null).OrderBy(node => node.NodeId, StringComparer.Ordinal).Take(60).Select(node => node.DisplayText);
        return string.Format(null, style.Word("diagram.describe"), definition.Description ?? definition.Name, string.Join("、", starts), string.Join("、", steps));
    }
}
