using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Investigations;

/// <summary>Fraud is suspected in service records: no money moves for them from now on, and the county looks into it by a ticket (E17).</summary>
/// <remarks>
/// Who reported it does not decide. Unfounded: the money is free again. Founded: what is not paid stays frozen, and what is paid the next batch takes
/// back, by the word of two. A penalty is the law's and decided elsewhere (社会救助暂行办法 art. 68); the evidence stands in the case's audit trail.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Freezes suspected service records and has the county look into them.", Chinese = "涉嫌骗取核查", Waits = true)]
[Outcomes(Founded, Unfounded)]
public sealed class InvestigateFraud : OrderStep
{
    private const string Founded = nameof(Founded);
    private const string Unfounded = nameof(Unfounded);
    private const string Suspicion = "SuspectedFraud";

    [Input("The suspected records.", Chinese = "涉嫌记录")]
    public required IReadOnlyList<string> RecordIds { get; init; }

    [Input("What is suspected.", Chinese = "反映情况")]
    public required string Said { get; init; }

    [Input("Hashes or references of the evidence.", Chinese = "证据")]
    public IReadOnlyList<string> Evidence { get; init; } = [];

    [Input("Who reports it.", Chinese = "反映人")]
    public required string By { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        foreach (var record in RecordIds)
            await new CorrectionBook(scene.Db).Freeze(record, Suspicion, scene.Context.DeedOf("freeze-" + record, By), cancellationToken);
        await OrderTicket.Open(scene, ("fraud", Said, scene.Order.Order.CountyCode), OfTicket(scene), cancellationToken);
        return null;
    }

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("investigation", "涉嫌骗取核查", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = [Founded, Unfounded],
            Form = [FormField.Of("reason", "核查结论", "string", Founded, Unfounded)],
            Data = new { said = Said, records = RecordIds, Evidence },
            Excluded = [By],
            DueKey = "ticket.resolve",
            Audience = "K",
            Send = [ActivityDeeds.Tell("ticket.opened", "K", scene.Order.Order.CountyCode, new { caseNumber = scene.Order.Case.Number, kind = "fraud" })]
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 } found)
            return StepEnd.Not("ReasonMissing");
        var deed = scene.Context.DeedOf("settle", answer.By);
        await new TicketBook(scene.Db).Settle(OfTicket(scene).Key, answer.Decision, found, deed, cancellationToken);
        foreach (var record in RecordIds)
            await (answer.Decision == Founded ? TakeBack(scene, record, deed, cancellationToken) : Lift(scene, record, deed, cancellationToken));
        return StepEnd.By(answer.Decision) with { Kept = new { RecordIds, Evidence, reportedBy = By } };
    }

    // What a spot check froze meanwhile stays frozen.
    private static async Task Lift(StepScene scene, string record, Deed deed, CancellationToken cancellationToken)
    {
        if (await scene.Db.Set<RecordFreeze>().AnyAsync(row => row.RecordId == record && row.Reason == Suspicion, cancellationToken))
            await new CorrectionBook(scene.Db).Lift(record, deed, cancellationToken);
    }

    private async Task TakeBack(StepScene scene, string record, Deed deed, CancellationToken cancellationToken)
    {
        var moved = await scene.Db.Set<SettlementLine>().FirstOrDefaultAsync(
            row => row.RecordId == record && row.Kind != LineKind.Correction && (row.Status == LineStatus.Approved || row.Status == LineStatus.Paid), cancellationToken);
        if (moved is not null)
            await new CorrectionBook(scene.Db).TakeBack(moved, (By, Suspicion), deed.Step(record), cancellationToken);
    }

    private Deed OfTicket(StepScene scene) => scene.Context.DeedOf("ticket", By);
}
