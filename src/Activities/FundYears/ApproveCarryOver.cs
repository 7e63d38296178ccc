using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>A county's officer approves what is carried over: never who proposed it. Nothing is approved by time (P24 step 6, E22).</summary>
[ChangesRecords]
[Activity("Relief Funds", "Has a second person approve which reservations are carried over.", Chinese = "结转方案审批", Waits = true, Approves = true)]
[Outcomes("Approved", "Returned", "Expired")]
public sealed class ApproveCarryOver : AskedStep<FundYearScene>
{
    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    protected override Task<FundYearScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => FundYearScene.Of(db, FundYearId, context, cancellationToken);

    protected override async Task<Question> Ask(FundYearScene scene, CancellationToken cancellationToken)
    {
        var question = new Question("fund.carryOver.approve", "审批年末预留结转方案", ReliefRoles.CountyOfficer, scene.CountyCode)
        {
            Outcomes = ["Approved", "Returned"],
            Form = [FormField.Of("reason", "理由", "string", "Returned")],
            Data = new { document = scene.Year.Document, rest = scene.Year.Rest?.ToString(), by = scene.Year.ProposedBy, named = await new FundYearQueries(scene.Db).Named(scene.Year, cancellationToken) },
            Excluded = [scene.Year.ProposedBy!],
            DueKey = "fund.carryDecide"
        };
        return scene.Year.ClosedAt is null ? question with { DueAt = await scene.Moment(FundYearDays.Close, cancellationToken), WhenLate = "Expired" } : question;
    }

    protected override async Task<StepEnd> Decide(FundYearScene scene, Answer answer, CancellationToken cancellationToken) => answer.Decision switch
    {
        "Expired" => StepEnd.By("Expired", scene.Tell("fund.notCarried", new { year = scene.Year.Year })),
        "Returned" => StepEnd.By("Returned"),
        _ => await new FundYearBook(scene.Db).Approve(FundYearId, scene.Context.DeedOf("approve", answer.By), cancellationToken) ? StepEnd.By("Approved") : StepEnd.Not("SamePerson")
    };

    protected override IEnumerable<Message> Nudges(FundYearScene scene, Question question, bool isLate) =>
        [scene.Tell(isLate ? "task.late" : "task.remind", new { document = scene.Year.Document })];
}
