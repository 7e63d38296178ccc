using System.Collections.Concurrent;

namespace Relief.Flow.Host.Designer;

/// <summary>Which open editor saved a definition last, and who sat there: its own next save is not taken for somebody else's, and the others are told a name.</summary>
/// <remarks>
/// The designer may send a change while the save before it is under way: it then names the state before both. Only a hint, kept in memory: where it is
/// missing, after a restart or on another node, the editor is told to open the definition again, and nothing is lost.
/// </remarks>
internal sealed class OpenDesks
{
    /// <summary>The header in which a page names itself, anew each time it is loaded.</summary>
    public const string Header = "X-Relief-Desk";
    private const int Most = 10_000;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly ConcurrentDictionary<string, (string? Desk, string Stamp, string By)> _last = new(StringComparer.Ordinal);

    public static string? Of(HttpRequest request) => request.Headers[Header].ToString() is { Length: > 0 and <= 64 } desk ? desk : null;

    /// <summary>
    /// Does one save of a definition after the other: the designer sends a publish while the save of the last change is under way, and each must see what the
    /// one before it has stored, or an editor would be told that it changed its own drawing.
    /// </summary>
    public async Task<T> InTurn<T>(string? definitionId, Func<Task<T>> save, CancellationToken cancellationToken)
    {
        if (definitionId is null)
            return await save();

        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(definitionId) % (uint)_turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await save();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>True when this editor itself made the state that is the latest now.</summary>
    public bool MadeIt(string definitionId, string? desk, string latestStamp) => desk is not null && _last.TryGetValue(definitionId, out var last) && last.Desk == desk && last.Stamp == latestStamp;

    /// <summary>Who made the state that is the latest now; null when it is not remembered.</summary>
    public string? WhoMade(string definitionId, string latestStamp) => _last.TryGetValue(definitionId, out var last) && last.Stamp == latestStamp ? last.By : null;

    public void Remember(string definitionId, string? desk, string stamp, string by)
    {
        if (_last.Count > Most)
            _last.Clear();
        _last[definitionId] = (desk, stamp, by);
    }
}
