using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Starts or wakes an instance by a request from outside and waits for what it answers.</summary>
/// <remarks>The answer is read from what the instance has committed, whichever node runs it.</remarks>
public sealed class RequestRuns(Flows flows, InstanceQueries instances, TimeProvider time)
{
    private static readonly TimeSpan ShortestGlance = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestGlance = TimeSpan.FromMilliseconds(128);

    /// <summary>The id of a request: the same for a repeat with the same key.</summary>
    public static Guid IdOf(IdempotencyKey? key) => key is null ? Guid.CreateVersion7() : StableId.Of($"request|{key.Scope}|{key.Key}");

    /// <summary>Starts the definition that the request triggers; a repeat with the same key starts nothing and gets the first answer.</summary>
    public async Task<RequestResult> Start(StartInstance wish, HttpReceived request, TimeSpan atMost, CancellationToken cancellationToken) =>
        await flows.Start(wish, cancellationToken) switch
        {
            Started started => await Answer(started.InstanceId, request.RequestId, atMost, cancellationToken),
            Repeated repeated => await Answer(repeated.InstanceId, request.RequestId, atMost, cancellationToken),
            var refused => new RequestRefused(refused)
        };

    /// <summary>Gives the request to the instance that waits for it.</summary>
    public async Task<RequestResult> Wake(WaitingRequest waiting, HttpReceived request, TimeSpan atMost, CancellationToken cancellationToken) =>
        await flows.Receive(waiting.InstanceId, waiting.BookmarkId, request, cancellationToken) == MailReceipt.Delivered
            ? await Answer(waiting.InstanceId, request.RequestId, atMost, cancellationToken)
            : new RequestLate();

    /// <summary>Waits for the answer to a request that an instance has, until it comes to rest or the time is over.</summary>
    /// <remarks>While a child or a reply is waited for, the answer may still come by itself.</remarks>
    public async Task<RequestResult> Answer(Guid id, Guid request, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var glance = ShortestGlance; ; glance = glance < LongestGlance ? glance * 2 : LongestGlance)
        {
            var seen = await instances.Look(id, request, cancellationToken);
            if (seen?.Answer is { } answer)
            {
                return new RequestAnswered(id, answer);
            }

            var isBusy = seen is null || seen.IsBusy || seen is { Status: InstanceStatus.Waiting, Waits: BookmarkKind.Child or BookmarkKind.Reply };
            if (!isBusy || time.GetElapsedTime(begun) + glance > atMost)
            {
                return new RequestUnanswered(id, seen?.Status.ToString() ?? nameof(InstanceStatus.Running));
            }

            await Task.Delay(glance, time, cancellationToken);
        }
    }
}

/// <summary>What became of a request.</summary>
public abstract record RequestResult;

public sealed record RequestAnswered(Guid InstanceId, HttpAnswer Answer) : RequestResult;

/// <summary>The instance came to rest, or the patience ended, without an answer.</summary>
public sealed record RequestUnanswered(Guid InstanceId, string Status) : RequestResult;

/// <summary>Nothing was started.</summary>
public sealed record RequestRefused(StartResult Why) : RequestResult;

/// <summary>Another request was faster: nobody waits any more.</summary>
public sealed record RequestLate : RequestResult;
