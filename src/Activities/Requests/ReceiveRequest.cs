using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Requests;

/// <summary>Sends the receipt of a request for help at once, which is no answer, and sees whether it was merged into an open one (P21 step 1).</summary>
[ChangesRecords]
[Activity("Relief Requests", "Confirms the receipt of a request for help.", Chinese = "接收求助")]
[Outcomes("Received", "Merged")]
public sealed class ReceiveRequest : Activity
{
    [Input("The request.", Chinese = "求助")]
    public required string RequestId { get; init; }

    [Output("The open request that answers this one too.", Chinese = "合并到")]
    public string MergedInto { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var request = await new RequestBook(db).Find(RequestId, cancellationToken) ?? throw new InvalidOperationException($"There is no request {RequestId}.");
        MergedInto = request.MergedInto ?? "";
        return new Completed(request.MergedInto is null ? "Received" : "Merged")
        {
            Send = [ActivityDeeds.Tell("request.receipt", "P", request.Sender, new { request = RequestId })]
        };
    }
}
