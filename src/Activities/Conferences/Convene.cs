using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Invites the units with a brief that names nobody, hears what each can do, and opens the meeting when a quorum is there (A37, P16 steps 3 and 4).</summary>
/// <remarks>
/// Each unit has a task of its own; the county opens the meeting once it may, at the latest when the time is over, and who has not answered by then is absent. Without a
/// quorum it is convened once more within five working days, then it goes a level up. Who declares a conflict of interest does not count.
/// </remarks>
[ChangesRecords]
[Activity("Relief Conference", "Invites the units, hears what each can do, and opens the meeting with a quorum.", Chinese = "召集会商", Waits = true)]
[Outcomes("Held", "NoQuorum", "LevelUp")]
public sealed class Convene : Activity
{
    private const int Most = 2;
    private const string Unit = "unit:";

    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        if (IsLast(scene))
            return new Completed("LevelUp");   // the second meeting broke up in the vote
        scene = scene with { Conference = await new ConferenceBook(db).Convene(ConferenceId, context.DeedOf("convene"), cancellationToken) };
        var deadline = await new Deadlines(db).Of(IsLast(scene) ? "conference.reconvene" : scene.Conference.Urgent ? "conference.convene.urgent" : "conference.convene", scene.Conference.CountyCode, context.Now, cancellationToken);
        var units = await new ConferenceQueries(db).Invited(scene.Conference, cancellationToken);
        var excluded = await scene.Excluded(cancellationToken);
        return new Waiting([
            .. units.Select(unit => Bookmark.For(Unit + unit, TaskOf(scene, unit, excluded) with { Due = deadline.Due })),
            .. deadline.Bookmarks("open", Opening(scene))]) { Send = [.. units.Select(unit => scene.ToUnit("conference.invited", unit))] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        if (wakeup.IsTimer && wakeup.Bookmark != "open.due")
            return new Waiting([]) { Send = [.. await Missing(scene, cancellationToken)] };
        if (wakeup.Bookmark.StartsWith(Unit, StringComparison.Ordinal) && await Said(scene, wakeup, cancellationToken) is { } problem)
            return problem;
        var tally = await new ConferenceQueries(db).Tally(scene.Conference, cancellationToken);
        var answered = (await new ConferenceQueries(db).Opinions(scene.Conference, cancellationToken)).Count;
        if (answered < tally.Invited && wakeup.Bookmark.StartsWith(Unit, StringComparison.Ordinal))
            return new Waiting([]);
        if (!wakeup.IsTimer && answered < tally.Invited && !tally.IsQuorate)
            return new Waiting([Bookmark.For($"open.again-{context.KeyFor(wakeup.Bookmark):N}", Opening(scene))]);   // opened too early: who is missing may still come
        return new Completed(tally.IsQuorate ? "Held" : IsLast(scene) ? "LevelUp" : "NoQuorum");
    }

    private static bool IsLast(ConferenceScene scene) => scene.Conference.Convening - scene.Conference.SinceConvening >= Most;

    private static async Task<ActivityResult?> Said(ConferenceScene scene, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var (answer, unit, conference) = (Answer.From(wakeup), wakeup.Bookmark[Unit.Length..].Split('#')[0], scene.Conference);
        var isPresent = answer.Decision == "Present";
        var upTo = answer.Number("upTo") ?? 0;
        if (isPresent && (answer.Text("policy") is not { Length: > 0 and <= 4000 } || upTo < 0 || decimal.Round(upTo, 2) != upTo))
            return new Waiting([Bookmark.For($"{Unit}{unit}#{scene.Context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene, unit, await scene.Excluded(cancellationToken)))]);
        var deed = scene.Context.DeedOf("said-" + unit, answer.By);
        await new ConferenceBook(scene.Db).Say(new UnitOpinion
        {
            Id = $"{conference.Id}-{conference.Convening}-{unit}", CountyCode = conference.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, ConferenceId = conference.Id, Convening = conference.Convening,
            UnitCode = unit, Present = isPresent, Conflict = answer.Flag("conflict"), Policy = answer.Text("policy"), UpTo = isPresent ? upTo : 0
        }, deed, cancellationToken);
        return null;
    }

    private static async Task<IEnumerable<Message>> Missing(ConferenceScene scene, CancellationToken cancellationToken)
    {
        var queries = new ConferenceQueries(scene.Db);
        var said = (await queries.Opinions(scene.Conference, cancellationToken)).Select(opinion => opinion.UnitCode);
        return (await queries.Invited(scene.Conference, cancellationToken)).Except(said).Select(unit => scene.ToUnit("conference.invited", unit));
    }

    private static HumanTask TaskOf(ConferenceScene scene, string unit, IReadOnlyList<string> excluded) => new()
    {
        Title = $"一事一议:本单位政策与可行措施 {scene.Number}",
        Kind = "conference.opinion",
        Role = ReliefRoles.LeadingGroup,
        Unit = unit,
        Excluded = [.. excluded],
        Subject = Conference.Chain(scene.Conference.Id),
        Outcomes = ["Present", "Absent"],
        Form =
        [
            FormField.Of("policy", "政策依据与可行措施", "string", "Present"), FormField.Of("upTo", "本单位可自行决定的金额上限", "number", "Present"),
            FormField.Of("conflict", "与服务对象有利害关系", "boolean"), FormField.Of("reason", "缺席原因", "string")
        ],
        Data = Json(new { unit, situation = scene.Conference.Situation.ToString(), because = scene.Conference.AskedBecause, level = scene.Conference.Level.ToString() })
    };

    private static HumanTask Opening(ConferenceScene scene) => new()
    {
        Title = $"一事一议:宣布开会 {scene.Number}",
        Kind = "conference.open",
        Role = ReliefRoles.CountyOfficer,
        Unit = scene.Conference.CountyCode,
        Subject = Conference.Chain(scene.Conference.Id),
        Outcomes = ["Opened"]
    };
}
