using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Marks an urgent case, so that it is worked on first and its missing papers may come later, and begins its fast track beside the intake (P01 step 3, P29).</summary>
[Activity("Relief Intake", "Marks an urgent case and begins its fast track.", Chinese = "启动急难快速通道")]
[ChangesRecords]
public sealed class FastTrack(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The urgent application, when it is not the one that opened the case.", Chinese = "申请")]
    public string? ApplicationId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Flag(CaseId, EmergencyRelief.Flag, true, Deed.Of(context), cancellationToken);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        return await Complete(
            Done, Tell.Unit("intake.urgent", "C", scene.Township, new { caseNumber = scene.Case.Number }),
            Message.Of(EmergencyStart.Of(scene.Case.PersonId, (EmergencyOrigin.Application, ApplicationId ?? scene.Case.ApplicationId), ActivityDeeds.System)));
    }
}
