namespace Relief.Flow.Workflows.Drawing;

/// <summary>Leads the lines of a flowchart around its boxes, with few corners and crossings.</summary>
/// <remarks>A drawing so large that the search would take too long gets plain lines for the rest: a picture always comes.</remarks>
internal sealed class Router(Panel panel)
{
    private const double Corner = 26;
    private const int MostForOne = 60_000;
    private const int MostForAll = 2_500_000;

    private readonly Grid _grid = new(panel.Boxes);
    private readonly Dictionary<Box, int> _numbers = panel.Boxes.Select((box, index) => (box, index)).ToDictionary(one => one.box, one => one.index + 1);
    private int _spent;
    private int _round;
    private double[] _best = [];
    private int[] _came = [];
    private int[] _seen = [];

    public void Route()
    {
        var states = _grid.Xs.Length * _grid.Ys.Length * 4;
        var isTooLarge = states > 6_000_000;
        if (!isTooLarge)
            (_best, _came, _seen) = (new double[states], new int[states], new int[states]);
        foreach (var wire in panel.Wires.OrderBy(Distance).ThenBy(wire => wire.Line.Source, StringComparer.Ordinal).ThenBy(wire => wire.Line.Port, StringComparer.Ordinal))
            wire.Path = isTooLarge ? Plain(wire) : Search(wire) ?? Plain(wire);
    }

    private static double Distance(Wire wire) =>
        Math.Abs(wire.To.X - wire.From.Right) + Math.Abs(wire.To.EntryY - wire.From.PortY(wire.Line.Port)) + (wire.To.X < wire.From.X ? 2_000 : 0);

    private static List<Spot> Plain(Wire wire)
    {
        var (start, end) = (new Spot(wire.From.Right, wire.From.PortY(wire.Line.Port)), new Spot(wire.To.X, wire.To.EntryY));
        var middle = end.X > start.X + 20 ? Math.Max(Grid.Exit(wire.From), Grid.Entrance(wire.To)) : Grid.Exit(wire.From);
        return end.X > start.X + 20
            ? [start, new Spot(middle, start.Y), new Spot(middle, end.Y), end]
            : Around(wire, start, end, middle);
    }

    private static List<Spot> Around(Wire wire, Spot start, Spot end, double turn)
    {
        var below = Math.Max(wire.From.Bottom, wire.To.Bottom) + 18;
        var back = Grid.Entrance(wire.To);
        return [start, new Spot(turn, start.Y), new Spot(turn, below), new Spot(back, below), new Spot(back, end.Y), end];
    }

    // States are crossings times directions: 0 right, 1 down, 2 left, 3 up.
    private List<Spot>? Search(Wire wire)
    {
        var (columns, rows) = (_grid.Xs.Length, _grid.Ys.Length);
        var start = (_grid.RowOf(wire.From.PortY(wire.Line.Port)) * columns) + _grid.ColumnOf(Grid.Exit(wire.From));
        var goal = (_grid.RowOf(wire.To.EntryY) * columns) + _grid.ColumnOf(Grid.Entrance(wire.To));
        var use = new Use(_numbers[wire.To], HashCode.Combine(_numbers[wire.From], wire.Line.Port) | 1);
        var open = new PriorityQueue<int, double>();
        _round++;
        Reach(start * 4, -1, 0);
        open.Enqueue(start * 4, 0);
        for (var steps = 0; open.TryDequeue(out var state, out _) && steps < MostForOne && _spent < MostForAll; steps++, _spent++)
        {
            var (at, heading) = (state / 4, state % 4);
            if (at == goal && heading != 2)
                return Trace(state, wire, use);

            for (var turn = 0; turn < 4; turn++)
            {
                if (turn == (heading + 2) % 4 || Next(at, turn, columns, rows) is not { } to || _grid.Cost(at, to, use) is not { } cost)
                    continue;

                var spent = _best[state] + cost + (turn == heading ? 0 : Corner) + (to == goal && turn != 0 ? Corner : 0);
                if (Reach((to * 4) + turn, state, spent))
                    open.Enqueue((to * 4) + turn, spent + Left(to, goal, columns));
            }
        }

        return null;
    }

    private bool Reach(int state, int from, double spent)
    {
        if (_seen[state] == _round && _best[state] <= spent)
            return false;

        (_seen[state], _best[state], _came[state]) = (_round, spent, from);
        return true;
    }

    private static int? Next(int at, int turn, int columns, int rows) => turn switch
    {
        0 => at % columns < columns - 1 ? at + 1 : null,
        1 => at / columns < rows - 1 ? at + columns : null,
        2 => at % columns > 0 ? at - 1 : null,
        _ => at / columns > 0 ? at - columns : null
    };

    private double Left(int at, int goal, int columns) =>
        Math.Abs(_grid.Xs[at % columns] - _grid.Xs[goal % columns]) + Math.Abs(_grid.Ys[at / columns] - _grid.Ys[goal / columns]);

    private List<Spot> Trace(int state, Wire wire, Use use)
    {
        List<int> crossings = [];
        for (; state >= 0; state = _came[state])
            crossings.Add(state / 4);
        crossings.Reverse();
        for (var i = 1; i < crossings.Count; i++)
            _grid.Take(crossings[i - 1], crossings[i], use);

        var columns = _grid.Xs.Length;
        List<Spot> spots =
        [
            new(wire.From.Right, wire.From.PortY(wire.Line.Port)),
            .. crossings.Select(crossing => new Spot(_grid.Xs[crossing % columns], _grid.Ys[crossing / columns])),
            new(wire.To.X, wire.To.EntryY)
        ];
        return Straightened(spots);
    }

    private static List<Spot> Straightened(List<Spot> spots)
    {
        List<Spot> kept = [];
        foreach (var spot in spots)
        {
            if (kept.Count > 0 && Same(kept[^1].X, spot.X) && Same(kept[^1].Y, spot.Y))
                continue;
            if (kept.Count > 1 && ((Same(kept[^1].X, spot.X) && Same(kept[^2].X, spot.X)) || (Same(kept[^1].Y, spot.Y) && Same(kept[^2].Y, spot.Y))))
                kept.RemoveAt(kept.Count - 1);
            kept.Add(spot);
        }

        return kept;
    }

    private static bool Same(double one, double other) => Math.Abs(one - other) < 0.2;
}
