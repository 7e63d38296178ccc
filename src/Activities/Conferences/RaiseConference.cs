using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Takes a conference a level up: from the town to the district (提级复审), from there to the city; above the city there is none (P16 step 2).</summary>
[ChangesRecords]
[Activity("Relief Conference", "Takes a conference a level up.", Chinese = "提级会商")]
[Outcomes("Raised", "Top")]
public sealed class RaiseConference : Activity
{
    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    [Input("Why: NoQuorum or OverLimit.", Chinese = "原因")]
    public string Because { get; init; } = "NoQuorum";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var deed = context.DeedOf("raise");
        if (await new ConferenceBook(db).Raise(ConferenceId, Because, deed, cancellationToken))
            return new Completed("Raised");
        await new ConferenceBook(db).Decide(ConferenceId, ConferenceStatus.Failed, Because, deed, cancellationToken);
        return new Completed("Top");
    }
}
