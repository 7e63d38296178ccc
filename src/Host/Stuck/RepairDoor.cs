using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Stuck;

/// <summary>Repairs for people: what is done is also written into the audit chain of the instance (INV-25), and refusals are told in words.</summary>
internal sealed class RepairDoor(Repairs repairs, ReliefRecords records)
{
    public async Task<RepairReceipt> Ask(RepairOrder order, CancellationToken cancellationToken) =>
        await Kept(await repairs.Ask(order, cancellationToken), cancellationToken);

    public async Task<RepairReceipt> Decide(Guid id, bool agrees, (string By, string? Note) deed, CancellationToken cancellationToken) =>
        await Kept(await repairs.Decide(id, agrees, deed, cancellationToken), cancellationToken);

    /// <summary>Keeps in the audit chain that somebody began, stopped or agreed to a batch, as it now stands.</summary>
    public async Task<RepairBatch> Written(RepairBatch batch, string by, CancellationToken cancellationToken)
    {
        var now = await records.Now(cancellationToken);
        var detail = new AuditDetail("RepairBatch" + batch.State, new { batch.Action, batch.Filter, batch.Reason, batch.AskedBy, batch.Total, state = batch.State });
        var deed = new Deed(by, now, $"repair-batch/{batch.Id:N}/{batch.State}/{now.UtcTicks}");
        await records.Change(db => db.Audit($"repair-batch:{batch.Id}", detail, deed, cancellationToken), cancellationToken);
        return batch;
    }

    public static ProblemHttpResult Refused(RepairRefusal refusal) => refusal switch
    {
        RepairRefusal.NoInstance => Refusal.Of(404, "instance.notFound", "There is no such instance."),
        RepairRefusal.Ended => Refusal.Of(409, "instance.wrongState", "The instance has ended."),
        RepairRefusal.NoTarget => Refusal.Of(409, "repair.noTarget", "There is nothing of that kind to mend any more, or it does not allow this. Ask why again."),
        RepairRefusal.NoSuchChoice => Refusal.Of(422, "repair.noSuchChoice", "Choose one of the choices that the offer names."),
        RepairRefusal.SamePerson => Refusal.Of(403, "repair.secondPerson", "Who asked may not also agree: a second person has to."),
        _ => Refusal.Of(409, "repair.decided", "It does not wait for anybody: it was decided, or never asked.")
    };

    /// <summary>Keeps how a repair stands; told of twice after a crash, it is kept once.</summary>
    public async Task Keep(RepairLine line, CancellationToken cancellationToken)
    {
        var subject = line.InstanceId is { } instance ? $"instance:{instance}" : $"event:{line.Target}";
        // The values themselves are not repeated: they may be personal.
        var detail = new { line.Id, line.Target, line.To, variables = line.Values?.Keys, line.Reason, line.AskedBy, line.DecidedBy, state = line.State, answer = line.Action == RepairAction.Enquire ? line.Note : null };
        var deed = new Deed(line.DecidedBy ?? line.AskedBy, await records.Now(cancellationToken), $"repair/{line.Id:N}/{line.State}");
        await records.Change(async db =>
        {
            if (!await new AuditQueries(db).Says(subject, $"\"id\":\"{line.Id}\"", $"\"state\":\"{line.State}\"", cancellationToken))
                await db.Audit(subject, new AuditDetail("Repair" + line.Action, detail), deed, cancellationToken);
        }, cancellationToken);
    }

    private async Task<RepairReceipt> Kept(RepairReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Line is { } line)
            await Keep(line, cancellationToken);
        return receipt;
    }
}
