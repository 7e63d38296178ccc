using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Closes a matter with its outcome, lifts the lock on the case's file, and lets a case that stays denied go its way (P25).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Closes an appeal with its outcome.", Chinese = "申诉结案")]
[Outcomes("Closed")]
public sealed class CloseAppeal : Activity
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    [Output("Upheld, Changed, Revoked, TooLate, Withdrawn or Died.", Chinese = "结果")]
    public string Outcome { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await AppealScene.Of(db, AppealId, context, cancellationToken);
        var matter = await new AppealBook(db).Close(AppealId, await EndOf(db, scene.Matter, cancellationToken), context.DeedOf("close"), cancellationToken);
        Outcome = matter.Outcome.ToString()!;
        var isDenied = scene.Case?.Case.Status == CaseStatus.Denied;
        return new Completed("Closed") { Send = isDenied ? [Message.Of(new EventPublished(DeniedCase.Heard(matter.CaseId!), null, Json(new { decision = "Closed", appeal = AppealId })))] : [] };
    }

    /// <summary>What a matter has come to: by the other body when one decided, else by the review and the decision that came of it.</summary>
    internal static async Task<AppealEnd> EndOf(ReliefDbContext db, Appeal matter, CancellationToken cancellationToken)
    {
        var book = new AppealBook(db);
        if ((await book.Tracks(matter.Id, cancellationToken)).LastOrDefault(track => track.Result is not null and not AppealEnd.Withdrawn)?.Result is { } outside)
            return outside;
        if (matter.NewDecisionId is { } decision)
            return await db.Set<DecisionRecord>().AnyAsync(row => row.Id == decision && row.Outcome == DecisionOutcome.Confirmed, cancellationToken) ? AppealEnd.Changed : AppealEnd.Upheld;
        if (matter.Result is { } result)
            return result switch { AppealResult.Changed => AppealEnd.Changed, AppealResult.Revoked => AppealEnd.Revoked, _ => AppealEnd.Upheld };
        var parties = await book.Parties(matter.Id, cancellationToken);
        return parties.All(party => party.LeftAs is not null) ? parties[^1].LeftAs!.Value : matter.LateNote is not null ? AppealEnd.TooLate : AppealEnd.Upheld;
    }
}
