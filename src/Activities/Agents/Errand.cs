using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The agent does one thing for the person and brings its receipt, or says what stands in the way; the supervisors learn that at once (A43, P20 step 3).</summary>
/// <remarks>
/// A way to a hospital is for diagnosis only and needs its ground on record. No agent keeps a bank card or cash; a passbook only with the written
/// agreement that was filed at the county (dibao art. 26).
/// </remarks>
[ChangesRecords]
[Activity("Relief Agents", "Has the agent do one errand of the mandate.", Chinese = "代办事项", Waits = true)]
[Outcomes("Done", "Blocked", Expired)]
public sealed class Errand : MandateStep
{
    private static readonly string[] Keepers = ["Person", "Guardian", "AgentPassbook"];

    [Input("The errand.", Chinese = "事项")]
    public required string ErrandId { get; init; }

    protected override bool KeepsTimes => false;

    protected override async Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken)
    {
        var errand = await Find(scene, cancellationToken);
        return OfAgent(scene, "agent.errand", Title(errand.Kind)) with
        {
            Outcomes = ["Done", "Blocked"],
            Form =
            [
                FormField.Of("receipt", "办结凭证", "string", "Done"), FormField.Of("reason", "受阻原因", "string", "Blocked"), FormField.Of("ground", "送诊依据", "string").OneOf(Enum.GetNames<DiagnosisGround>()),
                FormField.Of("groundReference", "依据材料编号", "string"), FormField.Of("keptBy", "银行卡保管人", "string").OneOf(Keepers), FormField.Of("agreement", "存折代管协议备案号", "string")
            ],
            Data = new { kind = errand.Kind.ToString(), grounds = Enum.GetNames<DiagnosisGround>(), keepers = Keepers },
            Event = "errand:" + ErrandId
        };
    }

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed, errand) = (new MandateBook(scene.Db), scene.Context.DeedOf("errand", answer.By), await Find(scene, cancellationToken));
        if (answer.Decision == "Blocked")
        {
            if (answer.Reason is not { Length: > 0 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Decide(errand with { Status = ErrandStatus.Blocked, Reason = reason }, deed, cancellationToken);
            return StepEnd.By("Blocked", scene.ToSupervisors("agent.blocked", new { mandate = MandateId, errand = Title(errand.Kind) }));
        }

        var done = errand with
        {
            Status = ErrandStatus.Done, Reason = null, Receipt = answer.Text("receipt"), Agreement = answer.Text("agreement"), GroundReference = answer.Text("groundReference"),
            Ground = Enum.TryParse<DiagnosisGround>(answer.Text("ground"), out var ground) && Enum.IsDefined(ground) ? ground : null,
            KeptBy = answer.Text("keptBy") is { } keeper && Keepers.Contains(keeper) ? keeper : null
        };
        if (Problem(done) is { } problem)
            return StepEnd.Not(problem);
        await book.Decide(done, deed, cancellationToken);
        return StepEnd.By("Done");
    }

    private static string? Problem(HelpErrand done) => done switch
    {
        { Receipt: null or "" } => "ReceiptMissing",
        { Kind: ErrandKind.Hospital, Ground: null } or { Kind: ErrandKind.Hospital, GroundReference: null or "" } => "LegalGroundMissing",
        { Kind: ErrandKind.BankCard, KeptBy: null } or { Kind: ErrandKind.BankCard, KeptBy: "AgentPassbook", Agreement: null or "" } => "AgentMayNotKeepIt",
        _ => null
    };

    private async Task<HelpErrand> Find(MandateScene scene, CancellationToken cancellationToken) =>
        (await new MandateQueries(scene.Db).Errands(MandateId, cancellationToken)).Single(errand => errand.Id == ErrandId);

    private static string Title(ErrandKind kind) => kind switch
    {
        ErrandKind.Hospital => "送医诊断",
        ErrandKind.Hukou => "办理户口",
        ErrandKind.IdCard => "办理身份证",
        ErrandKind.DisabilityCertificate => "办理残疾人证",
        ErrandKind.BankCard => "办理银行卡",
        _ => "填写申请材料"
    };
}
