using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Each unit that is there votes once in a round, openly and for good (A38, P16 step 5, INV-22). Who has not voted when the meeting ends is absent.</summary>
/// <remarks>Passed by more than half of the votes cast, or by all of them where the conference chose so; an abstention is there and not cast. No vote is changed: the database refuses it.</remarks>
[ChangesRecords]
[Activity("Relief Conference", "Has each unit vote once, openly and for good.", Chinese = "表决", Waits = true, Approves = true)]
[Outcomes("Passed", "Failed", "Tied", "NoQuorum")]
public sealed class Vote : Activity
{
    private const string Unit = "vote:";

    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new ConferenceBook(db).OpenRound(ConferenceId, context.DeedOf("open"), cancellationToken);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        var end = await new Deadlines(db).Of("conference.vote", scene.Conference.CountyCode, context.Now, cancellationToken);
        var present = (await new ConferenceQueries(db).Opinions(scene.Conference, cancellationToken)).Where(opinion => opinion is { Present: true, Conflict: false }).ToList();
        var excluded = await scene.Excluded(cancellationToken);
        return new Waiting([
            .. present.Select(opinion => Bookmark.For(Unit + opinion.UnitCode, TaskOf(scene, opinion.UnitCode, excluded) with { Due = end.Due })),
            Bookmark.Timer("end", end.Due, end.Rule)]) { Send = [.. present.Select(opinion => scene.ToUnit("conference.vote", opinion.UnitCode))] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        if (!wakeup.IsTimer)
        {
            var (answer, unit) = (Answer.From(wakeup), wakeup.Bookmark[Unit.Length..]);
            await new ConferenceBook(db).Cast(scene.Conference, (unit, Enum.Parse<Ballot>(answer.Decision), answer.Text("proxy")), context.DeedOf("vote-" + unit, answer.By), cancellationToken);
        }

        var tally = await new ConferenceQueries(db).Tally(scene.Conference, cancellationToken);
        if (!wakeup.IsTimer && !tally.IsComplete)
            return new Waiting([]);
        if (tally.Outcome is "Passed" or "Failed")
            await new ConferenceBook(db).Decide(ConferenceId, Enum.Parse<ConferenceStatus>(tally.Outcome), null, context.DeedOf("tally", "vote"), cancellationToken);
        return new Completed(tally.Outcome) { Send = [scene.ToCounty("conference.voted", new { caseNumber = scene.Number, tally.Yes, tally.No, tally.Abstained })] };
    }

    private static HumanTask TaskOf(ConferenceScene scene, string unit, IReadOnlyList<string> excluded) => new()
    {
        Title = $"一事一议表决 第{scene.Conference.Round}轮 {scene.Number}",
        Kind = "conference.vote",
        Role = ReliefRoles.LeadingGroup,
        Unit = unit,
        Excluded = [.. excluded],
        Subject = Conference.Chain(scene.Conference.Id),
        Outcomes = [nameof(Ballot.Yes), nameof(Ballot.No), nameof(Ballot.Abstain)],
        Form = [FormField.Of("proxy", "代为表决的书面授权", "string")],
        Data = Json(new { unit, scene.Conference.Round, rule = scene.Conference.Rule.ToString() })
    };
}
