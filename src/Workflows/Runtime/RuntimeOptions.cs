using System.ComponentModel.DataAnnotations;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>How the engine works on one node. The defaults suit two cores; none of them changes what is guaranteed.</summary>
public sealed class RuntimeOptions
{
    public const string Section = "Relief:Runtime";

    /// <summary>This node's number, unique among the nodes that share a database; 0 takes a random one.</summary>
    [Range(0, int.MaxValue)]
    public int NodeId { get; set; }

    /// <summary>Bursts that run at the same time on this node.</summary>
    [Range(1, 1024)]
    public int Parallel { get; set; } = 64;

    /// <summary>Instances claimed at once.</summary>
    [Range(1, 256)]
    public int ClaimBatch { get; set; } = 32;

    /// <summary>How long a claim lasts unless it is renewed.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message that is being sent belongs to its sender. Longer than the longest call takes, or calls are repeated needlessly.</summary>
    public TimeSpan SendLease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest pause between two looks for work that nobody told this node of: a lease that ran out, a hint that was lost.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>The longest pause between two looks for due timers; each look sees this far ahead, so that a timer fires at its moment.</summary>
    public TimeSpan TimerPause { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Activities after which a burst commits and goes on (engine rule 6).</summary>
    [Range(10, 100_000)]
    public int BurstActivities { get; set; } = 1000;

    /// <summary>Time after which a burst commits and goes on.</summary>
    public TimeSpan BurstTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The same for the first burst, which the one who starts waits for.</summary>
    public TimeSpan FirstBurstTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Bursts in a row without a wait after which the instance is held to loop for ever.</summary>
    [Range(2, 10_000)]
    public int MostYields { get; set; } = 50;

    /// <summary>Waits between the attempts of an outgoing call; after the last it is given up (A60).</summary>
    public TimeSpan[] OutboxBackOff { get; set; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    /// <summary>How long a moved clock waits for what became due to come to rest.</summary>
    public TimeSpan ClockPatience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether outgoing calls may go to private and loopback addresses.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Where notices to people are posted; null to keep them in the outbox register only.</summary>
    public Uri? NotificationGateway { get; set; }

    /// <summary>What notices are signed with; null to send them unsigned.</summary>
    public string? NotificationSecret { get; set; }

    /// <summary>Where notices of a channel such as <c>channel:wechat-oa</c> are posted instead, and what they are signed with; null of one without an address of its own.</summary>
    public Func<string, CancellationToken, Task<NoticeAddress?>>? NoticeAddresses { get; set; }

    /// <summary>False on a node that only serves requests.</summary>
    public bool Works { get; set; } = true;
}
