using System.Collections.Concurrent;

namespace Relief.Flow.Host.Access;

/// <summary>Remembers for ten seconds which key a secret stands for, so that not every request asks the database. Secrets are kept as their hashes.</summary>
internal sealed class KeyMemory(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>The key, while it is in force; null for a secret that stands for none.</summary>
    /// <param name="read">Asks the database by the secret's hash.</param>
    public async Task<ApiKey?> Find(string secret, Func<string, CancellationToken, Task<ApiKey?>> read, CancellationToken cancellationToken)
    {
        var hash = AccessSql.Hash(secret);
        var now = time.GetUtcNow();
        if (!_known.TryGetValue(hash, out var known) || now - known.At > Remembered)
        {
            if (await read(hash, cancellationToken) is not { } found)
            {
                _known.TryRemove(hash, out _);
                return null;
            }

            known = (found, now);
            _known[hash] = known;
        }

        return known.Key.IsValid(now) ? known.Key : null;
    }

    public void Forget() => _known.Clear();
}
