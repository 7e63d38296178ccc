using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Keeps what people found of a death that a partner's data told of: it was true, it was another's name, or it was known already (SC-29).</summary>
[ChangesRecords]
[Activity("Relief Matching", "Keeps what was found of a reported death.", Chinese = "登记死亡预警结果")]
public sealed class SettleDeath : Activity
{
    [Input("The hit.", Chinese = "预警")]
    public required string HitId { get; init; }

    [Input("PersonDied, DeathRetracted or AlreadyKnown.", Chinese = "核实结果")]
    public required string Outcome { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var (book, deed) = (new HitBook(db), context.DeedOf("death"));
        var hit = await book.Get(HitId, cancellationToken);
        var isLast = Outcome switch
        {
            "PersonDied" => await book.Settle(HitId, HitStatus.Confirmed, Outcome, deed, cancellationToken),
            "DeathRetracted" => await book.Settle(HitId, HitStatus.NotConfirmed, Outcome, deed, cancellationToken),
            _ => await book.Known(HitId, deed, cancellationToken)
        };
        return new Completed(Done) { Send = isLast ? [CheckHit.Ended(hit.RunId)] : [] };
    }
}
