using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>A policy is proposed by one person and approved by the county, by another (S22); what overlaps another version is refused.</summary>
[ChangesRecords]
[Activity("Relief Catalogue", "Has the county approve a policy of the library.", Chinese = "政策入库审批", Waits = true)]
[Outcomes("Approved", "Refused")]
public sealed class PolicyProposal : Activity
{
    [Input("The policy.", Chinese = "政策")]
    public required PolicyForm Entry { get; init; }

    [Input("Who proposes it.", Chinese = "提出人")]
    public required string By { get; init; }

    [Output("Why it is refused.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var entry = await new PolicyBook(db).Propose(context.InstanceId.ToString("N"), Entry, context.DeedOf("propose", By), cancellationToken);
        var deadline = await new Deadlines(db).Of("policy.approve", entry.CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"审批救助政策 {entry.Code}",
            Kind = "policy.approve",
            Role = ReliefRoles.CountyOfficer,
            Unit = entry.CountyCode,
            Excluded = [By],
            Subject = "policy:" + entry.Code,
            Outcomes = ["Approved", "Refused"],
            Form = [FormField.Of("reason", "理由", "string", "Refused")],
            Data = Json(Entry)
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "K", Entry.CountyCode!, new { item = Entry.Code })] };
        var answer = Answer.From(wakeup);
        await using var db = ReliefDbContext.Over(context.Records);
        var id = context.InstanceId.ToString("N");
        var problem = await new PolicyBook(db).Decide(id, answer.Decision == "Approved", context.DeedOf("decide", answer.By), cancellationToken);
        if (problem is not null)
            await new PolicyBook(db).Decide(id, false, context.DeedOf("refuse", answer.By), cancellationToken);
        Reason = problem ?? answer.Reason ?? "";
        return new Completed(problem is null && answer.Decision == "Approved" ? "Approved" : "Refused");
    }
}
