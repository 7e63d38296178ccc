using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>The township gathers what a department still wants; who cannot do it gets help on behalf (P28 step 4, P20).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Gathers the papers that a department wants.", Chinese = "补充材料", Waits = true)]
[Outcomes("Gathered", "AgentCalled")]
public sealed class GatherPapers : LinkageStep
{
    protected override async Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken)
    {
        var last = (await new LinkageBook(scene.Db).Referrals(LinkageId, cancellationToken))[^1];
        return new Question("special.papers", "补充转介材料", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = scene.Linkage.MandateId is null ? ["Gathered", "AgentCalled"] : ["Gathered"],
            Form = [FormField.Of("papers", "已补材料", "string", "Gathered"), FormField.Of("reason", "需帮办的事项", "string", "AgentCalled")],
            Data = new { scene.Linkage.PersonId, wanted = last.Reason, last.UnitCode, scene.Linkage.MandateId }, DueKey = "special.papers"
        };
    }

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, linkage) = (new LinkageBook(scene.Db), scene.Linkage);
        if (answer.Decision == "Gathered")
        {
            if (answer.Text("papers") is not { Length: > 0 and <= 1000 } papers)
                return StepEnd.Not("PapersMissing");
            await book.Change(LinkageId, ("PapersGathered", new { papers }), row => row, scene.Deed("papers", answer.By), cancellationToken);
            return StepEnd.By("Gathered");
        }

        if (answer.Reason is not { Length: > 0 and <= 1000 } wanted)
            return StepEnd.Not("ReasonMissing");
        var entry = new MandateEntry { CountyCode = linkage.CountyCode, AreaCode = linkage.AreaCode, PersonRef = linkage.PersonId, Wording = wanted };
        var mandate = await new MandateBook(scene.Db).Ask(entry, scene.Deed("mandate", answer.By), cancellationToken);
        await book.Change(LinkageId, ("AgentCalled", new { mandateId = mandate.Id }), row => row with { MandateId = mandate.Id }, scene.Deed("agent", answer.By), cancellationToken);
        return StepEnd.By("AgentCalled", MandateBook.StartOf(mandate, scene.Context.SubjectId));
    }
}
