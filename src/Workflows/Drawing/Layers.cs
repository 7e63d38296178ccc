namespace Relief.Flow.Workflows.Drawing;

/// <summary>Lays out a flowchart that nobody has placed: columns by the longest way from the start, rows so that lines are short and cross little.</summary>
internal static class Layers
{
    private const double RowGap = 36;
    private const int Sweeps = 6;

    public static void Place(Panel panel)
    {
        if (panel.Boxes.Count == 0)
            return;

        var forward = Forward(panel);
        var layers = Assign(panel.Boxes, forward);
        List<List<Box>> columns = [.. layers.GroupBy(one => one.Value).OrderBy(group => group.Key).Select(group => group.Select(one => one.Key).ToList())];
        var (into, outOf) = (forward.ToLookup(wire => wire.To, wire => wire.From), forward.ToLookup(wire => wire.From, wire => wire.To));
        foreach (var column in columns)
            Stack(column);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var toRight = sweep % 2 == 0;
            foreach (var column in toRight ? columns : columns.AsEnumerable().Reverse())
                Pull(column, toRight ? into : outOf);
        }

        var x = 0.0;
        foreach (var column in columns)
        {
            foreach (var box in column)
                box.X = x;
            x += column.Max(box => box.Width + (box.Ports.Count == 0 ? 40 : box.LabelWidth + 72));
        }
    }

    // Lines that close a loop do not count for the columns: a line is one when its target is still on the way that led to its source.
    private static List<Wire> Forward(Panel panel)
    {
        var outgoing = panel.Wires.ToLookup(wire => wire.From);
        HashSet<Box> done = [];
        HashSet<Box> path = [];
        HashSet<Wire> closing = [];
        foreach (var root in panel.Boxes.OrderByDescending(box => box.IsStart))
        {
            Stack<(Box Box, bool Leaving)> open = new([(root, false)]);
            while (open.TryPop(out var visit))
            {
                if (visit.Leaving)
                {
                    path.Remove(visit.Box);
                    continue;
                }

                if (!done.Add(visit.Box))
                    continue;

                path.Add(visit.Box);
                open.Push((visit.Box, true));
                foreach (var wire in outgoing[visit.Box].Reverse())
                {
                    if (path.Contains(wire.To))
                        closing.Add(wire);
                    else
                        open.Push((wire.To, false));
                }
            }
        }

        return [.. panel.Wires.Where(wire => !closing.Contains(wire))];
    }

    private static Dictionary<Box, int> Assign(List<Box> boxes, List<Wire> forward)
    {
        var outgoing = forward.ToLookup(wire => wire.From, wire => wire.To);
        var waiting = boxes.ToDictionary(box => box, box => forward.Count(wire => wire.To == box));
        var layers = boxes.ToDictionary(box => box, _ => 0);
        var open = new Queue<Box>(boxes.Where(box => waiting[box] == 0));
        while (open.TryDequeue(out var box))
        {
            foreach (var next in outgoing[box])
            {
                layers[next] = Math.Max(layers[next], layers[box] + 1);
                if (--waiting[next] == 0)
                    open.Enqueue(next);
            }
        }

        return layers;
    }

    private static void Stack(List<Box> column)
    {
        var y = 0.0;
        foreach (var box in column)
        {
            box.Y = y;
            y += box.Height + RowGap;
        }
    }

    // Each box would stand level with its neighbours; then the column is pushed apart from its middle, so that it stays where it wanted to be.
    private static void Pull(List<Box> column, ILookup<Box, Box> neighbours)
    {
        var wish = column.ToDictionary(box => box, box => neighbours[box].Select(one => one.EntryY).DefaultIfEmpty(box.EntryY).Average() - (box.EntryY - box.Y));
        column.Sort((one, other) => wish[one].CompareTo(wish[other]) is not 0 and var order ? order : one.Y.CompareTo(other.Y));
        for (var i = 0; i < column.Count; i++)
        {
            var floor = i == 0 ? double.MinValue : column[i - 1].Bottom + RowGap;
            column[i].Y = Math.Max(wish[column[i]], floor);
        }

        var off = column.Average(box => box.Y - wish[box]);
        foreach (var box in column)
            box.Y -= off;
    }
}
