using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>The township's clerk proposes a service of at most seven days or cash, up to the limit, or says that it is no emergency (P29 step 1).</summary>
/// <remarks>Cash is temporary relief: where that is open for the person already the proposal comes back, so that nothing is handed over to where nobody would see it.</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "The clerk proposes what is given at once.", Chinese = "提出急难救助意见", Waits = true)]
[Outcomes("Service", "Cash", "NotNeeded")]
public sealed class ProposeEmergency : EmergencyStep
{
    protected override async Task<Question> Ask(EmergencyScene scene, CancellationToken cancellationToken)
    {
        var proposal = new EmergencyProposal(scene);
        var items = await proposal.Items(cancellationToken);
        return new Question("emergency.propose", "提出急难救助意见", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["Service", "Cash", "NotNeeded"],
            Form =
            [
                FormField.Of("itemCode", "服务项目", "string", "Service").OneOf(items.Select(item => new FieldChoice(item.Code, $"{item.Name} {item.Price:0.##}元"))), FormField.Of("quantity", "总数量", "number", "Service"),
                FormField.Of("serviceDays", "服务天数", "integer", "Service"), FormField.Of("consent", "本人同意方式", "string", "Service"), FormField.Of("amount", "现金金额(元)", "number", "Cash"),
                FormField.Of("purpose", "用途", "string", "Cash"), FormField.Of("reason", "无需救助的理由", "string", "NotNeeded")
            ],
            Data = new { scene.Emergency.PersonId, origin = scene.Emergency.Origin.ToString(), scene.Emergency.OriginId, days = await proposal.Most(cancellationToken) }, DueKey = "emergency.propose"
        };
    }

    protected override async Task<StepEnd> Decide(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new EmergencyBook(scene.Db), scene.Deed("propose", answer.By));
        if (answer.Decision == "NotNeeded")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Change(EmergencyId, ("EmergencyNotNeeded", new { reason }), row => row with { Reason = reason }, deed, cancellationToken);
            return StepEnd.By("NotNeeded");
        }

        var proposal = new EmergencyProposal(scene);
        var (proposed, problem) = answer.Decision == "Cash" ? await proposal.Cash(answer, cancellationToken) : await proposal.Service(answer, cancellationToken);
        if (proposed is null)
            return StepEnd.Not(problem!);
        if (answer.Decision == "Cash" && (await new LinkageBook(scene.Db).OpenOf(scene.Emergency.PersonId, cancellationToken)).Any(linkage => linkage.Need == LinkageNeed.Temporary))
            return StepEnd.Not("LinkageOpen");
        await book.Change(EmergencyId, ("EmergencyProposed", new { proposed.ItemCode, proposed.Quantity, proposed.Days, proposed.Amount, proposed.Purpose }),
            _ => proposed with { ProposedBy = deed.By, ProposedAt = deed.At }, deed, cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
