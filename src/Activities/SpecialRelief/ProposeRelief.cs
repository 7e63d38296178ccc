using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>The township proposes temporary relief, or says why there is none; up to what it may give by itself it decides, beyond that the county (P28 step 7).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Proposes temporary relief.", Chinese = "提出临时救助", Waits = true)]
[Outcomes("ForTownship", "ForCounty", "NotEligible")]
public sealed class ProposeRelief : LinkageStep
{
    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.propose", "提出临时救助意见", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["Proposed", "NotEligible"],
            Form = [FormField.Of("amount", "金额(元)", "number", "Proposed"), FormField.Of("purpose", "用途", "string", "Proposed"), FormField.Of("reason", "不予救助的理由", "string", "NotEligible")],
            Data = new { scene.Linkage.PersonId, scene.Linkage.Origin, scene.Linkage.OriginId, scene.Linkage.Reason }, DueKey = "special.propose"
        });

    // What the fast track hands over was proposed there.
    protected override async Task<StepEnd?> Begin(LinkageScene scene, CancellationToken cancellationToken) =>
        scene.Linkage is { Amount: { } proposed, ProposedBy: not null } ? await Way(scene, proposed, cancellationToken) : null;

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new LinkageBook(scene.Db), scene.Deed("propose", answer.By));
        if (answer.Decision == "NotEligible")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Change(LinkageId, ("ReliefRefused", new { reason }), row => row with { Reason = reason }, deed, cancellationToken);
            return StepEnd.By("NotEligible", scene.ToPerson("special.refused"));
        }

        if (answer.Number("amount") is not { } amount || amount <= 0 || decimal.Round(amount, 2) != amount)
            return StepEnd.Not("AmountInvalid");
        if (answer.Text("purpose") is not { Length: > 0 and <= 200 } purpose)
            return StepEnd.Not("PurposeMissing");
        await book.Change(LinkageId, ("ReliefProposed", new { amount, purpose }), row => row with { Amount = amount, Purpose = purpose, ProposedBy = deed.By }, deed, cancellationToken);
        return await Way(scene, amount, cancellationToken);
    }

    private static async Task<StepEnd> Way(LinkageScene scene, decimal amount, CancellationToken cancellationToken) =>
        StepEnd.By(await new TemporaryFunds(scene.Db).IsForTownship(scene.Linkage, scene.Township, amount, scene.Context.Now, cancellationToken) ? "ForTownship" : "ForCounty");
}
