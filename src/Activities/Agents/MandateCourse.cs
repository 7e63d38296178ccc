using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The times of a mandate that run beside whatever is done under it: weekly reports, the town's review, the end of the term (P20).</summary>
/// <remarks>They are reckoned from the mandate and not from the step that happens to wait, so nothing is lost when a step ends.</remarks>
/// <param name="scene">The mandate.</param>
public sealed class MandateCourse(MandateScene scene)
{
    /// <summary>The port of a mandate that is over.</summary>
    public const string Expired = nameof(Expired);

    private const string Week = "week";
    private const string Review = "review";
    private const string Term = "term";
    private const string Over = "over";

    private static readonly TimeSpan Weekly = TimeSpan.FromDays(7);
    private static readonly string[] Verdicts = ["Continue", "End"];

    /// <summary>Where a step learns that the mandate is over.</summary>
    public Bookmark Ended => Bookmark.Event(Over, MandateBook.Over(scene.Mandate.Id));

    /// <summary>Where a step waits for them.</summary>
    public async Task<IReadOnlyList<Bookmark>> Bookmarks(CancellationToken cancellationToken)
    {
        List<Bookmark> waits = [Ended];
        if (scene.Mandate is not { GivenAt: not null, EndsAt: { } end })
            return waits;
        waits.Add(Bookmark.Timer(Term, end));
        waits.Add(NextWeek());
        waits.Add(await ReviewDue(scene.Mandate.ReviewedAt, cancellationToken));
        return waits;
    }

    /// <summary>What a wake-up comes to that is one of these times, or comes when the mandate is over by now, whoever has ended it; null when it is the step's own.</summary>
    public async Task<ActivityResult?> Hear(Wakeup wakeup, CancellationToken cancellationToken)
    {
        var turn = await Turn(wakeup, cancellationToken);
        return await new MandateQueries(scene.Db).Find(scene.Mandate.Id, cancellationToken) is { Status: MandateStatus.Ended } ? new Completed(Expired) { Send = [.. turn?.Send ?? []] } : turn;
    }

    private async Task<Waiting?> Turn(Wakeup wakeup, CancellationToken cancellationToken)
    {
        switch (wakeup.Bookmark.Split('-')[0])
        {
            case Over:
                return new Waiting([Ended]);   // who only says so has ended nothing: it waits on
            case Term:
                await new MandateBook(scene.Db).End(scene.Mandate.Id, ("Expired", null), scene.Context.DeedOf(Term), cancellationToken);
                return new Waiting([]) { Send = [scene.ToPerson("agent.ended", scene.Reference), .. scene.ToSupervisors("agent.ended", scene.Reference), IsOverNow] };
            case Week:
                return new Waiting([NextWeek()]) { Send = [.. await Report(cancellationToken)] };
            case Review when wakeup.IsTimer:
                return new Waiting([ReviewTask()]) { Send = [Tell.Unit("agent.review", "C", scene.Township, scene.Reference)] };
            case Review:
                return await Reviewed(Answer.From(wakeup), cancellationToken);
            default:
                return null;
        }
    }

    private async Task<Waiting> Reviewed(Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new MandateBook(scene.Db), scene.Context.DeedOf($"{Review}-{scene.Context.Now.ToUnixTimeMilliseconds()}", answer.By));
        if (answer.Decision == "End")
        {
            await book.End(scene.Mandate.Id, ("Revoked", answer.Reason), deed, cancellationToken);
            return new Waiting([]) { Send = [scene.ToPerson("agent.ended", scene.Reference), IsOverNow] };
        }

        await book.Review(scene.Mandate.Id, deed, cancellationToken);
        return new Waiting([await ReviewDue(scene.Context.Now, cancellationToken)]);
    }

    // The errands wait in procedures of their own.
    private Message IsOverNow => Message.Of(new EventPublished(MandateBook.Over(scene.Mandate.Id), null, Answer.Json(new { mandateId = scene.Mandate.Id })));

    private Bookmark NextWeek()
    {
        var given = scene.Mandate.GivenAt!.Value;
        var weeks = (long)Math.Floor((scene.Context.Now - given) / Weekly) + 1;
        return Bookmark.Timer($"{Week}-{weeks}", given + (weeks * Weekly));
    }

    private async Task<Bookmark> ReviewDue(DateTimeOffset? reviewedAt, CancellationToken cancellationToken)
    {
        var from = reviewedAt ?? scene.Mandate.GivenAt!.Value;
        var due = await new Deadlines(scene.Db).Of("agent.review", scene.Township, from, cancellationToken);
        return due.Due <= scene.Context.Now ? ReviewTask() : Bookmark.Timer($"{Review}-{from.ToUnixTimeSeconds()}", due.Due, due.Rule);
    }

    private Bookmark ReviewTask() => Bookmark.For($"{Review}-task-{scene.Context.Now.ToUnixTimeSeconds()}", new HumanTask
    {
        Title = $"复核帮办代办 {scene.Title}",
        Kind = "agent.review",
        Role = ReliefRoles.AgentSupervisor,
        Unit = scene.Township,
        Subject = MandateBook.Chain(scene.Mandate.Id),
        Excluded = [scene.Mandate.AgentId!],
        Outcomes = [.. Verdicts],
        Form = [FormField.Of("reason", "说明", "string", "End")],
        Data = Answer.Json(new { agent = scene.Mandate.AgentId, scene.Mandate.GivenAt, scene.Mandate.EndsAt })
    });

    private async Task<Message[]> Report(CancellationToken cancellationToken)
    {
        var errands = await new MandateQueries(scene.Db).Errands(scene.Mandate.Id, cancellationToken);
        var data = new
        {
            mandate = scene.Mandate.Id,
            done = errands.Count(errand => errand.Status == ErrandStatus.Done),
            blocked = errands.Count(errand => errand.Status == ErrandStatus.Blocked),
            open = errands.Count(errand => errand.Status == ErrandStatus.Open)
        };
        return [Tell.Staff("agent.weekly", "V", scene.Mandate.AgentId!, data), .. scene.ToSupervisors("agent.weekly", data)];
    }
}
