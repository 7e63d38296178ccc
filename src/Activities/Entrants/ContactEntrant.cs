using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>The village asks a new entrant within 10 working days what is difficult and what would help (A31, P12 a, CZ-145).</summary>
/// <remarks>Who wants help is a discovery with its own procedure. Nobody is unreachable before three attempts on two days (E06). Who has died or left since is asked nothing.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Asks a new entrant what would help.", Chinese = "联系新增对象", Waits = true)]
[Outcomes("HasNeed", "NoNeed", "Unreachable", "Gone")]
public sealed class ContactEntrant : AskedStep<EntrantScene>
{
    [Input("The new entrant.", Chinese = "新增对象")]
    public required string EntrantId { get; init; }

    protected override async Task<EntrantScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var entrant = await new EntrantBook(db).Get(EntrantId, cancellationToken);
        return new EntrantScene(db, entrant, await db.Set<Person>().SingleAsync(row => row.Id == entrant.PersonId, cancellationToken), context);
    }

    protected override async Task<StepEnd?> Begin(EntrantScene scene, CancellationToken cancellationToken) => scene.Person is { LifeStatus: LifeStatus.Dead } or { MovedOn: not null }
        ? await Settle(scene, EntrantOutcome.Gone, ("已死亡或迁出", DiscoveryRisk.Normal), scene.Context.DeedOf("gone"), cancellationToken)
        : null;

    protected override async Task<Question> Ask(EntrantScene scene, CancellationToken cancellationToken) => new("entrant.contact", "跟进新纳入对象", ReliefRoles.VillageWorker, scene.Entrant.AreaCode)
    {
        Outcomes = ["HasNeed", "NoNeed", "Unreachable", "Gone"],
        Form =
        [
            FormField.Of("note", "困难和需求", "string", "HasNeed", "NoNeed", "Gone"), FormField.Of("risk", "风险", "string").OneOf(Enum.GetNames<DiscoveryRisk>()),
            FormField.Of("attempts", "三次以上联系时间", "array", "Unreachable")
        ],
        Data = new { scene.Entrant.PersonId, scene.Entrant.IncludedOn }, Excluded = await scene.Kin(cancellationToken), DueKey = "newEntrant.followUp", Audience = "V",
        Send = [Tell.Unit("entrant.new", "V", scene.Entrant.AreaCode, new { month = scene.Title })]
    };

    protected override async Task<StepEnd> Decide(EntrantScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (outcome, note) = (Enum.Parse<EntrantOutcome>(answer.Decision), answer.Text("note"));
        if (outcome != EntrantOutcome.Unreachable && note is not { Length: > 0 and <= 1000 })
            return StepEnd.Not("NoteMissing");
        if (outcome == EntrantOutcome.Unreachable && !(AttemptCount.Times(answer) is { } times && AttemptCount.Of(times).Unreachable))
            return StepEnd.Not("AttemptsMissing");
        if (outcome == EntrantOutcome.Gone && scene.Person is { LifeStatus: LifeStatus.Alive, MovedOn: null })
            return StepEnd.Not("StillHere");
        var risk = answer.Text("risk") == nameof(DiscoveryRisk.High) ? DiscoveryRisk.High : DiscoveryRisk.Normal;
        return await Settle(scene, outcome, (note ?? "三次联系未果", risk), scene.Context.DeedOf("contact", answer.By), cancellationToken);
    }

    protected override IEnumerable<Message> Nudges(EntrantScene scene, Question question, bool isLate) =>
        [isLate ? Tell.Unit("entrant.late", "K", scene.CountyCode, new { month = scene.Title }) : Tell.Unit("entrant.remind", "V", question.Unit, new { month = scene.Title })];

    private static async Task<StepEnd> Settle(EntrantScene scene, EntrantOutcome outcome, (string Note, DiscoveryRisk Risk) said, Deed deed, CancellationToken cancellationToken)
    {
        var (isLast, found) = await new EntrantBook(scene.Db).Settle(scene.Entrant.Id, outcome, said, deed, cancellationToken);
        Message[] last = isLast ? [Message.Of(new EventPublished(EntrantBook.Settled(scene.Entrant.EntrantsId), null, Json(new { list = scene.Entrant.EntrantsId })))] : [];
        return StepEnd.By(outcome.ToString(), [.. found is null ? [] : new[] { Message.Of(DiscoveryBook.StartOf(found)) }, .. last]);
    }
}
