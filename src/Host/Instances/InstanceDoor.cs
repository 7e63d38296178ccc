using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Instances;

/// <summary>The engine's door, and what its receipts mean over HTTP.</summary>
internal sealed class InstanceDoor(Flows flows, InstanceQueries queries, RepairRules rules)
{
    public Flows Flows => flows;

    /// <summary>Tries again what stopped, unless it moves money: that is asked for as a repair, and another person agrees.</summary>
    public async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Retry(Guid id, long? ordinal, string by, CancellationToken cancellationToken)
    {
        var order = new RepairOrder { InstanceId = id, Action = RepairAction.Retry, Target = ordinal?.ToString(CultureInfo.InvariantCulture), Reason = "", By = by };
        return await rules.NeedsSecond(order, cancellationToken)
            ? Refusal.Of(409, "repair.needsSecond", "It moves money: ask for it under /api/v1/repairs with a reason; a second person has to agree.")
            : await Answer(id, await flows.Retry(id, ordinal, by, cancellationToken), cancellationToken);
    }

    /// <summary>202 when it is in the mailbox, 404 when there is no such instance, 409 with its state when it has ended.</summary>
    public async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Answer(Guid id, MailReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt is MailReceipt.Delivered or MailReceipt.Repeated)
            return TypedResults.Accepted($"/api/v1/instances/{id}", new InstanceDeed(id, receipt == MailReceipt.Repeated));

        return await queries.Find(id, cancellationToken) is { } found
            ? Refusal.Of(409, "instance.wrongState", $"The instance is {found.Status}.", ("state", found.Status))
            : Refusal.Of(404, "instance.notFound", "There is no such instance.");
    }
}
