using System.Runtime.CompilerServices;
using System.Text;

namespace Relief.Flow.Activities;

/// <summary>Reads lines of which none may be longer than <see cref="Longest"/>, so that a file of one endless line takes no memory.</summary>
internal static class BoundedLines
{
    /// <summary>Characters; far more than any row has.</summary>
    public const int Longest = 2_000;

    /// <summary>The lines with their number from 1; null for one that is too long.</summary>
    public static async IAsyncEnumerable<(int Number, string? Text)> Of(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (block, line, number, isTooLong) = (new char[16_384], new StringBuilder(), 1, false);
        for (int read; (read = await reader.ReadAsync(block.AsMemory(), cancellationToken)) > 0;)
        {
            for (var at = 0; at < read; at++)
            {
                if (block[at] == '\n')
                {
                    yield return (number++, isTooLong ? null : line.ToString());
                    line.Clear();
                    isTooLong = false;
                }
                else if (line.Length >= Longest)
                    isTooLong = true;
                else if (block[at] != '\r')
                    line.Append(block[at]);
            }
        }

        if (line.Length > 0 || isTooLong)
            yield return (number, isTooLong ? null : line.ToString());
    }
}
