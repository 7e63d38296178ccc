using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The agent hands the originals over, and the mandate ends, if it has not ended before (P20 step 6).</summary>
[ChangesRecords]
[Activity("Relief Agents", "Has the agent hand the originals over, and ends the mandate.", Chinese = "移交原件", Waits = true)]
[Outcomes("Handed")]
public sealed class HandOver : MandateStep
{
    [Output("Done, Expired or Revoked.", Chinese = "终止原因")]
    public string EndReason { get; private set; } = "";

    protected override bool NeedsMandate => false;

    protected override Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken) => Task.FromResult(
        OfAgent(scene, "agent.handOver", "移交原件、终止委托") with
        {
            Outcomes = ["Handed"],
            Form = [FormField.Of("receipt", "移交凭证", "string", "Handed")],
            Data = new { scene.Mandate.EndReason },
            DueKey = "agent.handOver"
        });

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("receipt") is not { Length: > 0 } receipt)
            return StepEnd.Not("ReceiptMissing");
        var (book, deed) = (new MandateBook(scene.Db), scene.Context.DeedOf("handOver", answer.By));
        await book.HandOver(MandateId, receipt, deed, cancellationToken);
        var endsNow = await book.End(MandateId, ("Done", null), deed.Step("end"), cancellationToken);
        EndReason = endsNow ? "Done" : scene.Mandate.EndReason!;
        return endsNow ? StepEnd.By("Handed", scene.ToPerson("agent.ended", scene.Reference)) : StepEnd.By("Handed");
    }
}
