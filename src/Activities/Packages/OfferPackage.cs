using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Packages;

/// <summary>Who leaves the county is asked once, before the case closes, whether they want a package of their own file for the receiving place (E03). For a minor the guardian answers (E10).</summary>
/// <remarks>A refusal, or silence until the time is over, is no consent: then there is no package, nobody asks again, and the case closes all the same.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Offers who leaves the county a package of their own file.", Chinese = "征询转移资料包", Waits = true)]
[Outcomes("Consented", "None")]
public sealed class OfferPackage : ChangeStep
{
    private const string Consented = nameof(Consented), Silent = nameof(Silent), Guardian = nameof(Guardian);
    private static readonly string[] Forms = ["paper", "voice", "app"];

    protected override async Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken) =>
        await new PackageBook(scene.Db).Offer(scene.Change, scene.Context.DeedOf("offer"), cancellationToken) ? null : StepEnd.By("None");

    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => new("change.package", "征询是否携带转移资料包", ReliefRoles.ReliefClerk, scene.Township)
    {
        Outcomes = [Consented, "Refused"],
        Form =
        [
            FormField.Of("place", "迁入地(区划代码或名称)", "string", Consented), FormField.Of("form", "同意方式", "string", Consented).OneOf(Forms),
            FormField.Of("givenBy", "同意人", "string", Consented).OneOf("Person", Guardian), GuardianRule.Field, FormField.Of("reason", "说明", "string")
        ],
        Data = new { scene.Change.EffectiveOn, scene.Change.Seen },
        Excluded = await scene.Kin(cancellationToken), DueKey = "change.package", WhenLate = Silent, Send = [scene.ToPerson("change.package")]
    };

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new PackageBook(scene.Db), scene.Context.DeedOf("answer", answer.By));
        if (answer.Decision != Consented)
        {
            await book.End(ChangeId, answer.Decision == Silent ? PackageOutcome.NoAnswer : PackageOutcome.Refused, deed, cancellationToken);
            return StepEnd.By("None");
        }

        var (form, givenBy, place) = (answer.Text("form") ?? "", answer.Text("givenBy") ?? "", answer.Text("place")?.Trim() ?? "");
        if (!Forms.Contains(form))
            return StepEnd.Not("FormUnknown");
        if (await Unsaid(scene, givenBy, answer.Text("guardian"), cancellationToken) is { } unsaid)
            return StepEnd.Not(unsaid);
        if (await Nowhere(scene, place, cancellationToken) is { } nowhere)
            return StepEnd.Not(nowhere);
        await book.Consent(ChangeId, (form, givenBy, place), deed, cancellationToken);
        return StepEnd.By(Consented);
    }

    private static async Task<string?> Unsaid(ChangeScene scene, string givenBy, string? guardian, CancellationToken cancellationToken)
    {
        var facts = (await new PersonQueries(scene.Db).Facts(scene.Person.Id, ChinaTime.DayOf(scene.Context.Now), cancellationToken))!;
        if (givenBy == Guardian)
            return GuardianRule.Problem(facts.Person, guardian);
        return facts.Minor ? "GuardianNeeded" : null;
    }

    // A code must be one that is known here, since nothing but its name says where the package goes; within the county the case itself is handed on.
    private static async Task<string?> Nowhere(ChangeScene scene, string place, CancellationToken cancellationToken)
    {
        var chain = await new AreaQueries(scene.Db).ChainOf(place, cancellationToken);
        if (chain.Any(area => area.Code == scene.CountyCode))
            return "PlaceInCounty";
        return place.Length is < 2 or > 100 || (chain.Count == 0 && place.All(char.IsAsciiLetterOrDigit)) ? "PlaceUnknown" : null;
    }
}
