using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Somebody else approves temporary relief, and the money is set aside with that; no account gives what it does not hold (P28 step 7, INV-01).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Approves temporary relief and sets the money aside.", Chinese = "审批临时救助", Waits = true, Approves = true)]
[Outcomes("Approved", "Refused", "FundShort")]
public sealed class ApproveRelief : LinkageStep
{
    [Input("True when the county decides, out of its own account.", Chinese = "由县级审批")]
    public bool ByCounty { get; init; }

    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.approve", "审批临时救助", ByCounty ? ReliefRoles.CountyOfficer : ReliefRoles.TownshipReviewer, ByCounty ? scene.CountyCode : scene.Township)
        {
            Outcomes = ["Approved", "Refused"],
            Form = [FormField.Of("reason", "不予救助的理由", "string", "Refused")],
            Data = new { scene.Linkage.PersonId, scene.Linkage.Amount, scene.Linkage.Purpose, scene.Linkage.ProposedBy },
            Excluded = [scene.Linkage.ProposedBy!], DueKey = "special.approve", Audience = ByCounty ? "K" : "C"
        });

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new LinkageBook(scene.Db), scene.Deed("approve", answer.By));
        if (answer.By == scene.Linkage.ProposedBy)
            return StepEnd.Not("SamePerson");
        if (answer.Decision == "Refused")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Change(LinkageId, ("ReliefRefused", new { reason }), row => row with { Reason = reason, DecidedBy = deed.By }, deed, cancellationToken);
            return StepEnd.By("Refused", scene.ToPerson("special.refused"));
        }

        if (await new TemporaryFunds(scene.Db).Reserve(scene.Linkage, ByCounty ? null : scene.Township, deed, cancellationToken) is not { } aside)
            return ByCounty ? StepEnd.Not("FundShort") : StepEnd.By("FundShort");
        await book.Change(LinkageId, ("ReliefApproved", new { scene.Linkage.Amount, aside.Account }), row => row with { DecidedBy = deed.By, AccountId = aside.Account, ReservationId = aside.Reservation }, deed, cancellationToken);
        return StepEnd.By("Approved");
    }
}
