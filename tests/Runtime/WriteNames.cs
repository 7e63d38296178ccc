using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What a call of the store writes, by names that are the same when it is written again after a crash.</summary>
internal static class WriteNames
{
    private static int _looks;

    /// <param name="call">The method's name.</param>
    /// <param name="subject">Its first argument.</param>
    /// <param name="answer">What it returned; null when it has not been called yet. Only then is known what looking for due work wrote.</param>
    public static IEnumerable<string> Of(string call, object? subject, object? answer) => (call, subject, answer) switch
    {
        (_, IReadOnlyList<NewInstance> starts, _) => starts.Select(start => $"start {start.Id}"),
        (_, IReadOnlyList<BurstCommit> bursts, _) => bursts.Select(burst => Burst(burst.Claim)),
        (_, Claim claim, _) => [Burst(claim)],
        (_, EventToPublish published, _) => [$"publish {published.Name} {published.CorrelationId} {published.DedupKey}"],
        (_, NewMail mail, _) => [$"send {mail.InstanceId} {mail.Kind} {mail.DedupKey}"],
        (_, TaskDeed deed, _) => [$"act {deed.TaskId} {deed.Verb}"],
        (_, IEnumerable<OutboxResult> results, _) => [.. results.Select(result => $"settle {result.Id}")],
        (_, NewHalt halt, _) => [$"halt {halt.SubjectId}"],
        (_, _, ImmutableArray<OutboxItem> items) => items.Select(item => $"lease {item.Id}"),
        // Timers that were fired and rows that were relayed are so for good: each time it is another write.
        (_, _, int and > 0) => [$"{call} {Interlocked.Increment(ref _looks)}"],
        _ => []
    };

    private static string Burst(Claim claim) => $"burst {claim.InstanceId} {claim.Seq}";
}
