using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Places steps where their author drew them, and makes room where our boxes need more than the author's.</summary>
internal static class Placement
{
    private const double Gap = 30;

    /// <summary>False, with nothing moved, when not every step has a drawn position.</summary>
    public static bool AsDrawn(Panel panel)
    {
        var drawn = panel.Boxes.Select(box => (Box: box, At: PositionOf(box.Node))).ToList();
        if (drawn.Count == 0 || drawn.Any(one => one.At is null) || (drawn.Count > 1 && drawn.Select(one => one.At).Distinct().Count() == 1))
            return false;

        foreach (var (box, at) in drawn)
            (box.X, box.Y) = (at!.Value.X, at.Value.Y);
        Widen(panel.Boxes);
        Deepen(panel.Boxes);
        MoveApart(panel.Boxes);
        return true;
    }

    /// <summary>Moves down whatever still lies over another box.</summary>
    public static void MoveApart(IEnumerable<Box> boxes)
    {
        List<Box> placed = [];
        foreach (var box in boxes.OrderBy(box => box.Y).ThenBy(box => box.X).ThenBy(box => box.Node.Id, StringComparer.Ordinal))
        {
            while (placed.FirstOrDefault(other => Touch(box, other)) is { } other)
                box.Y = other.Bottom + Gap;
            placed.Add(box);
        }
    }

    private static bool Touch(Box one, Box other) =>
        one.X < other.Right + 12 && other.X < one.Right + 12 && one.Y < other.Bottom + 12 && other.Y < one.Bottom + 12;

    // Column by column: what was drawn to the right of a box stays to the right of it, and columns stay columns.
    private static void Widen(List<Box> boxes)
    {
        var columns = boxes.GroupBy(box => box.X).OrderBy(column => column.Key).Select(column => (At: column.Key, Boxes: column.ToList())).ToList();
        List<(double DrawnRight, double Needs)> before = [];
        var shift = 0.0;
        foreach (var (at, column) in columns)
        {
            shift = Math.Max(shift, before.Where(one => one.DrawnRight <= at).Select(one => one.Needs - at).DefaultIfEmpty(0).Max());
            foreach (var box in column)
            {
                box.X = at + shift;
                before.Add((at + 120, box.Right + (box.Ports.Count == 0 ? 40 : box.LabelWidth + 62)));
            }
        }
    }

    private static void Deepen(List<Box> boxes)
    {
        var rows = boxes.GroupBy(box => box.Y).OrderBy(row => row.Key).Select(row => (At: row.Key, Boxes: row.ToList())).ToList();
        List<(double DrawnBottom, double Needs)> above = [];
        var shift = 0.0;
        foreach (var (at, row) in rows)
        {
            shift = Math.Max(shift, above.Where(one => one.DrawnBottom <= at).Select(one => one.Needs - at).DefaultIfEmpty(0).Max());
            foreach (var box in row)
            {
                box.Y = at + shift;
                above.Add((at + 50, box.Bottom + Gap));
            }
        }
    }

    private static Spot? PositionOf(Node node)
    {
        var position = node.Members.GetValueOrDefault("metadata").Value("designer").Value("position");
        return Coordinate(position, "x") is { } x && Coordinate(position, "y") is { } y ? new Spot(x, y) : null;
    }

    // A drawing may hold any number; one that no screen has is none.
    private static double? Coordinate(JsonElement position, string name) =>
        position.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && Math.Abs(value) < 1e6 ? value : null;
}
