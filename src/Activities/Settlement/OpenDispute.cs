using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Raises a supplier's one dispute of a rejected line, with the late record it rests on (P10 step 8, E13).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Raises a dispute of a rejected line.", Chinese = "提出异议")]
[Outcomes("Opened", "AlreadyDisputed", "Refused")]
public sealed class OpenDispute : Activity
{
    [Input("The rejected line.", Chinese = "结算明细")]
    public required string LineId { get; init; }

    [Input("What it rests on: the hash of a signed paper.", Chinese = "依据")]
    public required string Evidence { get; init; }

    [Input("Who disputes.", Chinese = "提出人")]
    public required string By { get; init; }

    [Input("The record that was not sent in time.", Chinese = "补报记录")]
    public RecordForm? Record { get; init; }

    [Output("The record, when one came with it.", Chinese = "记录")]
    public string RecordId { get; private set; } = "";

    [Output("Why it is refused.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var raised = await new DisputeBook(db).Raise(LineId, Evidence, context.DeedOf("dispute", By), cancellationToken);
        switch (raised)
        {
            case DisputeResult.AlreadyDisputed:
                return new Completed("AlreadyDisputed");
            case DisputeResult.Refused(var reason):
                Reason = reason;
                return new Completed("Refused");
        }

        if (Record is null)
            return new Completed("Opened");
        var kept = await LateRecord.Keep(db, LineId, Record, context.DeedOf("record", By), cancellationToken);
        RecordId = (kept as RecordResult.Done)?.RecordId ?? "";
        Reason = (kept as RecordResult.Invalid)?.Reason ?? "";
        return new Completed("Opened");
    }
}
