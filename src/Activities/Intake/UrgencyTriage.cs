using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Leaves by what the four triage questions of the application said (A03).</summary>
[Activity("Relief Intake", "Leaves by how urgent the application is.", Chinese = "紧急程度判断")]
[Outcomes(nameof(Urgency.Normal), nameof(Urgency.Urgent), nameof(Urgency.LifeAtRisk))]
public sealed class UrgencyTriage(ReliefDatabase database) : Activity
{
    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var application = await new ApplicationBook(records).Find(ApplicationId, cancellationToken);
        return await Complete((application?.Urgency ?? Urgency.Normal).ToString());
    }
}
