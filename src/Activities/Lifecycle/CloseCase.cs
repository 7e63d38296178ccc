using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Closes a case with its reason; a closed one stays as it is. After a death no letter goes to the person (E02).</summary>
[Activity("Relief Case", "Closes a case with its reason.", Chinese = "结案")]
[ChangesRecords]
public sealed class CloseCase(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("ServiceEnded, Denied, Refused, Unreachable, OtherAuthority, PersonDied ….", Chinese = "原因")]
    public required string Reason { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (scene.Case.Status == CaseStatus.Closed)
            return await Complete();
        if (await new CaseBook(records).Move(CaseId, CaseStatus.Closed, Reason, Deed.Of(context), cancellationToken) is not CaseResult.Done)
            return await Fault("case.wrongState", $"A case in the state {scene.Case.Status} cannot be closed.");
        await new ArchiveBook(records).Seal(CaseId, Deed.Of(context).Step("archive"), cancellationToken);
        var told = DeniedCase.Tell(scene.Case, Reason);
        return Reason == "PersonDied"
            ? await Complete(Done, told)
            : await Complete(Done, [scene.ToPerson("case.closed", new { caseNumber = scene.Case.Number, reason = Reason }), .. told]);
    }
}
