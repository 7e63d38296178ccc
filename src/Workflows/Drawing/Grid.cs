namespace Relief.Flow.Workflows.Drawing;

/// <summary>The lanes on which lines may run: a few beside each box, and those of its outcomes and its entrance.</summary>
internal sealed class Grid
{
    private const double Clear = 8;

    // Which lane piece is covered by a box, and which target and which outcome last used it; 0 for none.
    private readonly bool[] _across;
    private readonly bool[] _down;
    private readonly (int Target, int Source)[] _usedAcross;
    private readonly (int Target, int Source)[] _usedDown;

    public Grid(IReadOnlyList<Box> boxes)
    {
        Xs = Lanes(boxes.Select(Entrance).Concat(boxes.Select(Exit)), boxes.SelectMany(box => new[] { box.X - 22, box.X - 32, Exit(box) + 10, Exit(box) + 20 }));
        var edge = boxes.Count == 0 ? 0 : boxes.Max(box => box.Bottom);
        Ys = Lanes(
            boxes.SelectMany(box => box.Ports.Select(port => box.PortY(port.Name)).Append(box.EntryY)),
            boxes.SelectMany(box => new[] { box.Y - 13, box.Y - 23, box.Bottom + 13, box.Bottom + 23 }).Append(edge + 36).Append(edge + 46));
        var cells = Xs.Length * Ys.Length;
        (_across, _down, _usedAcross, _usedDown) = (new bool[cells], new bool[cells], new (int, int)[cells], new (int, int)[cells]);
        foreach (var box in boxes)
            Cover(box);
    }

    public double[] Xs { get; }

    public double[] Ys { get; }

    /// <summary>Where a line that leaves the box is free to turn: behind the labels of its outcomes.</summary>
    public static double Exit(Box box) => box.Right + (box.LabelWidth == 0 ? 12 : box.LabelWidth + 18);

    /// <summary>Where a line must be before it enters the box.</summary>
    public static double Entrance(Box box) => box.X - (box.IsStart ? 36 : 14);

    public int ColumnOf(double x) => Nearest(Xs, x);

    public int RowOf(double y) => Nearest(Ys, y);

    /// <summary>What it costs to go from a crossing to its neighbour; null where a box stands.</summary>
    public double? Cost(int from, int to, Use use)
    {
        var isAcross = Math.Abs(from - to) == 1;
        var piece = Math.Min(from, to);
        if (isAcross ? _across[piece] : _down[piece])
            return null;

        var length = isAcross ? Xs[(piece % Xs.Length) + 1] - Xs[piece % Xs.Length] : Ys[(piece / Xs.Length) + 1] - Ys[piece / Xs.Length];
        var (target, source) = isAcross ? _usedAcross[piece] : _usedDown[piece];
        var shared = target != 0 && target != use.Target && source != use.Source ? (length * 2) + 10 : 0;
        var (crossTarget, crossSource) = isAcross ? _usedDown[to] : _usedAcross[to];
        var crossed = crossTarget != 0 && crossTarget != use.Target && crossSource != use.Source ? 14 : 0;
        return length + shared + crossed;
    }

    public void Take(int from, int to, Use use)
    {
        var used = Math.Abs(from - to) == 1 ? _usedAcross : _usedDown;
        used[Math.Min(from, to)] = (use.Target, use.Source);
    }

    private static double[] Lanes(IEnumerable<double> exact, IEnumerable<double> wished)
    {
        var lanes = new SortedSet<double>(exact.Select(value => Math.Round(value, 1)));
        foreach (var value in wished.Select(value => Math.Round(value)).Distinct().Order())
        {
            if (lanes.GetViewBetween(value - 5, value + 5).Count == 0)
                lanes.Add(value);
        }

        return [.. lanes];
    }

    private static int Nearest(double[] lanes, double value)
    {
        var at = Array.BinarySearch(lanes, Math.Round(value, 1));
        if (at >= 0)
            return at;

        at = Math.Min(~at, lanes.Length - 1);
        return at > 0 && value - lanes[at - 1] < lanes[at] - value ? at - 1 : at;
    }

    private void Cover(Box box)
    {
        var (left, right, top, bottom) = (box.X - Clear, (box.LabelWidth == 0 ? box.Right : box.Right + box.LabelWidth + 6) + Clear - 1, box.Y - Clear, box.Bottom + Clear);
        for (var row = First(Ys, top); row < Ys.Length && Ys[row] < bottom; row++)
        {
            for (var column = Math.Max(First(Xs, left) - 1, 0); column < Xs.Length - 1 && Xs[column] < right; column++)
                _across[(row * Xs.Length) + column] |= Xs[column + 1] > left;
        }

        for (var column = First(Xs, left); column < Xs.Length && Xs[column] < right; column++)
        {
            for (var row = Math.Max(First(Ys, top) - 1, 0); row < Ys.Length - 1 && Ys[row] < bottom; row++)
                _down[(row * Xs.Length) + column] |= Ys[row + 1] > top;
        }
    }

    private static int First(double[] lanes, double above)
    {
        var at = Array.BinarySearch(lanes, above);
        return at >= 0 ? at + 1 : ~at;
    }
}

/// <summary>Who uses a piece of a lane: lines to one target, and lines of one outcome, may share it.</summary>
internal readonly record struct Use(int Target, int Source);
