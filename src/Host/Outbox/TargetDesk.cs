using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Outbox;

/// <summary>Pauses and resumes targets for the API and for the console: with a reason, in the audit trail.</summary>
internal sealed class TargetDesk(OutgoingTargets targets, ReliefRecords records)
{
    /// <summary>Null when nothing is sent there from now on, else why not.</summary>
    public async Task<ProblemHttpResult?> Pause(string? target, string? reason, string by, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("target", target?.Trim().Length is > 0 and <= 2000, "Where nothing is to be sent, as /outbox names it.").CheckReason(reason);
        if (fields.Refused is { } wrong)
            return wrong;
        if (!await targets.Pause(target!.Trim(), reason!.Trim(), by, cancellationToken))
            return Refusal.Of(409, "target.paused", "Nothing is sent there already.");

        await Audit(target.Trim(), new AuditDetail("TargetPaused", new { reason = reason.Trim() }), by, cancellationToken);
        return null;
    }

    /// <summary>Null when messages are sent there again, else why not.</summary>
    public async Task<ProblemHttpResult?> Resume(string? target, string by, CancellationToken cancellationToken)
    {
        if (!await targets.Resume(target?.Trim() ?? "", cancellationToken))
            return Refusal.Of(409, "target.notPaused", "Messages are sent there.");

        await Audit(target!.Trim(), new AuditDetail("TargetResumed", new { }), by, cancellationToken);
        return null;
    }

    private async Task Audit(string target, AuditDetail detail, string by, CancellationToken cancellationToken)
    {
        var deed = await records.DeedOf(by, cancellationToken);
        await records.Change(db => db.Audit("target:" + target, detail, deed, cancellationToken), cancellationToken);
    }
}
