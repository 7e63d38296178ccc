using System.Text;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Rings tiers 1 and 3 when no engine has beaten for a minute, or an alert is not picked up: a process of its own, with its own store access.</summary>
/// <remarks>
/// It rings first and writes down afterwards, so a crash between the two rings twice and never not at all. When the database cannot be
/// reached either, it rings what it last saw open.
/// </remarks>
internal sealed class FallbackNotifier(FallbackBook book, PersonalDataKey key, NotifierParts parts, ILogger<FallbackNotifier> logger)
{
    private IReadOnlyList<FallbackRing> lastSeen = [];
    private DateTimeOffset reachedAt = TimeProvider.System.GetUtcNow();
    private DateTimeOffset rungUnseenAt;

    /// <summary>Looks once; how many were rung.</summary>
    public async Task<int> RunOnce(DateTimeOffset realNow, CancellationToken cancellationToken)
    {
        try
        {
            var silence = await book.Silence(realNow, cancellationToken);
            var now = await book.Now(realNow, cancellationToken);
            var isSilent = silence is null || silence > parts.Doorbell.Silence;
            lastSeen = await book.Due(now, null, DateTimeOffset.MaxValue, cancellationToken);
            reachedAt = realNow;
            if (lastSeen.Count == 0)
                return 0;   // nobody calls: the usual case, and one reading is enough
            var due = await book.Due(now, isSilent ? null : now - parts.Doorbell.PickUp, now - parts.Doorbell.RingAgain, cancellationToken);
            if (due.Count == 0)
                return 0;
            Log.FallbackRings(logger, due.Select(ring => ring.Alert.Id).Distinct().Count(), due.Count, silence?.TotalSeconds ?? -1);
            await Ring(due, cancellationToken);
            await book.Keep([.. due.Select(ring => ring.Row)], now, cancellationToken);
            return due.Count;
        }
        catch (Exception away) when (away is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            Log.FallbackBlind(logger, away);
            if (realNow - reachedAt < parts.Doorbell.Silence || realNow - rungUnseenAt < parts.Doorbell.RingAgain)
                return 0;
            rungUnseenAt = realNow;
            await Ring(lastSeen, cancellationToken);
            return lastSeen.Count;
        }
    }

    private Task Ring(IReadOnlyList<FallbackRing> rings, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(rings, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (ring, cancellation) => await Ring(ring, cancellation));

    private async Task Ring(FallbackRing ring, CancellationToken cancellationToken)
    {
        var link = $"{parts.Doorbell.PublicUrl}/r/{RingToken.Of(ring.Row.Id, key)}";
        var notice = new Notice("doorbell.ring", "N", ring.Row.Channel, ring.Row.Target, FlowJson.Of(new { place = ring.Place, link })) { Reference = ring.Row.Id };
        if (parts.Gateway is not { } gateway)
            return;   // without a gateway the rows are the register
        try
        {
            var body = new { id = ring.Row.Id, notice.Template, notice.Audience, notice.Channel, notice.To, notice.Language, text = parts.Templates.Render(notice), notice.Reference };
            var text = FlowJson.Of(body).GetRawText();
            using var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in NoticeSignature.Of(parts.Secret, TimeProvider.System.GetUtcNow(), text))
                request.Headers.Add(name, value);
            request.Headers.Add("Idempotency-Key", ring.Row.Id);
            using var answer = await parts.Client.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.FallbackRingFailed(logger, failed, ring.Row.Id);
        }
    }
}

/// <summary>What the fallback notifier rings with.</summary>
internal sealed record NotifierParts(HttpClient Client, Uri? Gateway, NoticeTemplates Templates, DoorbellOptions Doorbell)
{
    /// <summary>What notices are signed with; null sends them unsigned.</summary>
    public string? Secret { get; init; }
}
