using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>What the duty desk does with an alert, and how a named human ends it.</summary>
public sealed class AlertDesk(ReliefDbContext context)
{
    private readonly AlertBook book = new(context);

    /// <summary>120, 110 or 119 was called; possible at any time while the alert is open, and again.</summary>
    public Task<AlertAnswer> Dispatch(string alertId, EmergencyCall call, Deed deed, CancellationToken cancellationToken) =>
        Change(alertId, new AuditDetail("EmergencyDispatched", new { call.Line, call.Reference }), deed, alert => alert with
        {
            EmergencyCall = call.Line, EmergencyRef = call.Reference, EmergencyBy = deed.By, EmergencyAt = deed.At, DecidedAt = deed.At, DeclineReason = null
        }, cancellationToken);

    /// <summary>No emergency line was called, for this reason.</summary>
    public Task<AlertAnswer> Decline(string alertId, string reason, Deed deed, CancellationToken cancellationToken) =>
        Change(alertId, new AuditDetail("EmergencyDeclined", new { reason }), deed, alert => alert with { DeclineReason = reason, DecidedAt = deed.At }, cancellationToken);

    /// <summary>The next tier at once.</summary>
    public Task<AlertAnswer> Escalate(string alertId, Deed deed, CancellationToken cancellationToken) =>
        Change(alertId, new AuditDetail("AlertEscalated"), deed, alert => alert with { Pushes = alert.Pushes + 1 }, cancellationToken);

    /// <summary>Door locked, no voice: key holders are rung and the police are asked for; the alert stays open.</summary>
    public Task<AlertAnswer> NoEntry(string alertId, Deed deed, CancellationToken cancellationToken) =>
        Change(alertId, new AuditDetail("NoEntry"), deed, alert => alert with { NoEntryAt = alert.NoEntryAt ?? deed.At, Pushes = alert.Pushes + 1 }, cancellationToken);

    /// <summary>The resident says by phone that all is well: to be verified like the cancel key, the ladder runs on.</summary>
    public Task<AlertAnswer> SaysFine(string alertId, Deed deed, CancellationToken cancellationToken) =>
        Change(alertId, new AuditDetail("SelfCancelled"), deed, alert => alert with { SelfCancelledAt = alert.SelfCancelledAt ?? deed.At }, cancellationToken);

    /// <summary>A named human says how it ended. This alone stops the ringing.</summary>
    public async Task<AlertAnswer> Resolve(string alertId, Ending ending, Deed deed, CancellationToken cancellationToken)
    {
        if (await book.Locked(alertId, cancellationToken) is not { } alert)
            return AlertAnswer.Unknown;
        if (alert.ResolvedAt is not null)
            return alert.ResolvedBy == deed.By && alert.Outcome == ending.Outcome ? AlertAnswer.Already : AlertAnswer.Ended;
        if (ending.How is not ("voice" or "sight"))
            return AlertAnswer.NotVerified;
        if (ending.Outcome is AlertOutcome.Medical or AlertOutcome.FireOrViolence && ending.Reference is null && alert.EmergencyRef is null)
            return AlertAnswer.ReferenceNeeded;
        var called = ending.Reference is not null && alert.EmergencyRef is null
            ? alert with { EmergencyCall = ending.Line ?? (ending.Outcome == AlertOutcome.Medical ? "120" : "110"), EmergencyRef = ending.Reference, EmergencyBy = deed.By, EmergencyAt = deed.At }
            : alert;
        await context.Replace(called with
        {
            Status = AlertStatus.Resolved, Outcome = ending.Outcome, OutcomeNote = ending.Note, ResolvedBy = deed.By, ResolvedHow = ending.How, ResolvedAt = deed.At
        }, cancellationToken);
        await context.Audit(AlertBook.Chain(alertId), new AuditDetail("AlertResolved", new { ending.Outcome, ending.How }), deed, cancellationToken);
        return AlertAnswer.Done;
    }

    /// <summary>How often a device's alerts of the last seven days were false, this one included.</summary>
    internal Task<int> FalseAlarms(Alert alert, CancellationToken cancellationToken)
    {
        var since = alert.RaisedAt.AddDays(-7);
        return context.Set<Alert>().CountAsync(row => row.DeviceId == alert.DeviceId && row.RaisedAt > since && row.Outcome == AlertOutcome.FalseAlarm, cancellationToken);
    }

    private async Task<AlertAnswer> Change(string alertId, AuditDetail detail, Deed deed, Func<Alert, Alert> change, CancellationToken cancellationToken)
    {
        if (await book.Locked(alertId, cancellationToken) is not { } alert)
            return AlertAnswer.Unknown;
        if (alert.ResolvedAt is not null)
            return AlertAnswer.Ended;
        await context.Replace(change(alert), cancellationToken);
        await context.Audit(AlertBook.Chain(alertId), detail, deed, cancellationToken);
        return AlertAnswer.Done;
    }
}

/// <summary>A call of an emergency line.</summary>
/// <param name="Line">120, 110 or 119.</param>
/// <param name="Reference">What the line gave.</param>
public sealed record EmergencyCall(string Line, string Reference);

/// <summary>How an alert ended.</summary>
/// <param name="How">voice or sight.</param>
/// <param name="Reference">Of the emergency line, where one is needed.</param>
/// <param name="Line">120, 110 or 119.</param>
/// <param name="Note">In a few words; no illness.</param>
public sealed record Ending(AlertOutcome Outcome, string How, string? Reference = null, string? Line = null, string? Note = null);
