using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>What the gateway says of a ring, and the one use of its link.</summary>
public sealed class RingBook(ReliefDbContext context)
{
    /// <summary>The gateway says that a ring arrived, or did not; false when there is no such ring.</summary>
    public async Task<bool> Receipt(string ringId, string state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await Locked(ringId, cancellationToken) is not { } ring)
            return false;
        if (ring.ReceiptAt is null || state == "delivered")
            await context.Replace(ring with { ReceiptAt = ring.ReceiptAt ?? at, ReceiptState = state }, cancellationToken);
        return true;
    }

    /// <summary>What was answered to a ring: pressed 1, or on its page. The last answer stands.</summary>
    public async Task<AlertNotification?> Respond(string ringId, string response, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await Locked(ringId, cancellationToken) is not { } ring)
            return null;
        var answered = ring with { Response = response, RespondedAt = at };
        await context.Replace(answered, cancellationToken);
        return answered;
    }

    /// <summary>Whether the link of a ring has not been used; nobody else uses it until the transaction ends.</summary>
    public async Task<bool> IsFree(string ringId, CancellationToken cancellationToken) => await Locked(ringId, cancellationToken) is { UsedAt: null };

    /// <summary>Uses up the link of a ring and gives the one for the next deed on the same person's page.</summary>
    public async Task<AlertNotification> Use(string ringId, string response, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var after = (await Locked(ringId, cancellationToken))!;
        await context.Replace(after with { UsedAt = at, Response = response, RespondedAt = at }, cancellationToken);
        var pass = after with
        {
            Id = InstanceIds.Of("pass:" + after.Id).ToString("N"), Channel = "page", SentAt = at, UsedAt = null, ReceiptAt = null, ReceiptState = null, Response = null, RespondedAt = null,
            ExpiresAt = at.AddHours(12)
        };
        if (!await context.Set<AlertNotification>().AnyAsync(row => row.Id == pass.Id, cancellationToken))
            await context.Insert(pass, cancellationToken);
        return pass;
    }

    private Task<AlertNotification?> Locked(string ringId, CancellationToken cancellationToken) =>
        context.Locked<AlertNotification>(ringId).SingleOrDefaultAsync(cancellationToken);
}
