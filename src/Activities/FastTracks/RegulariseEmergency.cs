using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Waits until papers, survey and decision have followed, 10 working days; then it is a breach, the county has it, and it waits on (P29 step 5).</summary>
/// <remarks>
/// What the case's own procedures decide settles it: confirmed, it is regularised and the ordinary pathway goes on; denied, not accepted or closed, the service stops. A case that
/// is confirmed already needs nothing more. A reviewer, later the county, may stop it before; nobody regularises it by hand.
/// </remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Waits for papers, survey and decision.", Chinese = "补办手续", Waits = true)]
[Outcomes("Regularised", "NotEligible", "Missed")]
public sealed class RegulariseEmergency : EmergencyStep
{
    private static readonly CaseStatus[] Confirmed = [CaseStatus.Confirmed, CaseStatus.Referring, CaseStatus.Planned, CaseStatus.InService, CaseStatus.Suspended, CaseStatus.Stopping];

    [Input("True once it was missed: the county has it then.", Chinese = "由县级督办")]
    public bool ByCounty { get; init; }

    protected override Task<Question> Ask(EmergencyScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("emergency.regularise", ByCounty ? "督办逾期未补办的急难救助" : "补办急难救助手续", ByCounty ? ReliefRoles.CountyOfficer : ReliefRoles.TownshipReviewer, ByCounty ? scene.CountyCode : scene.Township)
        {
            Outcomes = ["NotEligible"],
            Form = [FormField.Of("reason", "停止的理由", "string", "NotEligible")],
            Data = new { scene.Emergency.PersonId, scene.Emergency.CaseId, scene.Emergency.OrderId, scene.Emergency.Amount, scene.Emergency.MissedAt }, Excluded = [scene.Emergency.ProposedBy!],
            DueKey = ByCounty ? "emergency.settle" : null, DueAt = ByCounty ? null : scene.Emergency.RegulariseDue, WhenLate = ByCounty ? null : "Missed", Audience = ByCounty ? "K" : "C"
        });

    protected override IEnumerable<Bookmark> Also(EmergencyScene scene) => [Bookmark.Event("decided", DeniedCase.Decided(scene.Emergency.CaseId!))];

    protected override Task<StepEnd?> Begin(EmergencyScene scene, CancellationToken cancellationToken) => Decided(scene, cancellationToken);

    protected override Task<StepEnd?> Hear(EmergencyScene scene, Wakeup wakeup, CancellationToken cancellationToken) => Decided(scene, cancellationToken);

    protected override async Task<StepEnd> Decide(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new EmergencyBook(scene.Db), scene.Deed("decide", answer.By));
        if (await Decided(scene, cancellationToken) is { } decided)
            return decided;
        if (answer.Decision == "Missed")
        {
            await book.Change(EmergencyId, ("EmergencyMissed", new { scene.Emergency.RegulariseDue }), row => row with { MissedAt = deed.At }, deed, cancellationToken);
            return StepEnd.By("Missed", scene.ToCounty("emergency.missed"));
        }

        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        await book.Change(EmergencyId, ("EmergencyStopped", new { reason }), row => row with { Reason = reason }, deed, cancellationToken);
        return StepEnd.By("NotEligible", scene.ToPerson("emergency.stopped"));
    }

    // Under the case's lock: whatever is decided while this begins is seen here or heard afterwards.
    private async Task<StepEnd?> Decided(EmergencyScene scene, CancellationToken cancellationToken)
    {
        await scene.Db.Lock<Case>(scene.Emergency.CaseId!, cancellationToken);
        var parent = await scene.Db.Set<Case>().SingleAsync(row => row.Id == scene.Emergency.CaseId, cancellationToken);
        if (Confirmed.Contains(parent.Status) || parent is { Status: CaseStatus.Closed, ClosedReason: "ServiceEnded" })
            return StepEnd.By("Regularised");
        if (parent.Status is not (CaseStatus.Denied or CaseStatus.NotAccepted or CaseStatus.Closed))
            return null;
        var reason = parent.ClosedReason ?? parent.Status.ToString();
        await new EmergencyBook(scene.Db).Change(EmergencyId, ("EmergencyNotEligible", new { reason }), row => row with { Reason = reason }, scene.Deed("decided"), cancellationToken);
        return StepEnd.By("NotEligible", scene.ToPerson("emergency.stopped"));
    }
}
