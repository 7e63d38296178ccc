using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Thirty days after its measures the county looks at what came of it and keeps what others may learn (P16 steps 7 and 8).</summary>
/// <remarks>A precedent binds nobody. With the third one of a situation in twelve months a policy is proposed to the city.</remarks>
[ChangesRecords]
[Activity("Relief Conference", "The county reviews what came of a conference and closes it.", Chinese = "会商回访结案", Waits = true)]
[Outcomes("Closed")]
public sealed class CloseConference : Activity
{
    private const int Similar = 3;

    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        var due = await new Deadlines(db).Of("conference.review", scene.Conference.CountyCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.Timer("review", due.Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([Bookmark.For("task", TaskOf(scene))]);
        var answer = Answer.From(wakeup);
        var lesson = answer.Decision == "Precedent" ? answer.Text("lesson") : null;
        if (answer.Decision == "Precedent" && lesson is not { Length: > 0 and <= 2000 })
            return new Waiting([Bookmark.For($"task.again-{context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene))]);
        await new ConferenceBook(db).Close(ConferenceId, lesson, context.DeedOf("close", answer.By), cancellationToken);
        var conference = scene.Conference;
        var since = context.Now.AddYears(-1);
        var alike = lesson is null ? 0 : (await new ConferenceQueries(db).Precedents(conference.CountyCode, conference.Situation, cancellationToken)).Count(row => row.ClosedAt >= since);
        return new Completed("Closed") { Send = alike >= Similar ? [scene.ToCounty("conference.proposal", new { situation = conference.Situation.ToString(), count = alike })] : [] };
    }

    private static HumanTask TaskOf(ConferenceScene scene) => new()
    {
        Title = $"一事一议回访 {scene.Number}",
        Kind = "conference.review",
        Role = ReliefRoles.CountyOfficer,
        Unit = scene.Conference.CountyCode,
        Subject = Conference.Chain(scene.Conference.Id),
        Outcomes = ["Precedent", "Closed"],
        Form = [FormField.Of("lesson", "可供借鉴的做法(不具约束力)", "string", "Precedent"), FormField.Of("reason", "回访情况", "string")],
        Data = Json(new { situation = scene.Conference.Situation.ToString(), scene.Conference.Level })
    };
}
