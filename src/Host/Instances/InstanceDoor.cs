using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Instances;

/// <summary>The engine's door, and what its receipts mean over HTTP.</summary>
internal sealed class InstanceDoor(Flows flows, InstanceQueries queries)
{
    public Flows Flows => flows;

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
