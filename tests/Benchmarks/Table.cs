namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Rows under headings, as Markdown, so that the figures can be pasted into a document.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length))];
        for (var at = 0; at < _rows.Count; at++)
        {
            Console.WriteLine("| " + string.Join(" | ", _rows[at].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |");
            if (at == 0)
                Console.WriteLine("|" + string.Join("|", widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":")) + "|");
        }

        Console.WriteLine();
    }
}
