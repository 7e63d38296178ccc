using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Tells the procedure of a list when nobody on it waits for anything any more.</summary>
internal static class ListEnds
{
    /// <summary>The event by which the procedure hears of it.</summary>
    public static string EventOf(string listId) => $"charity-list:{listId}:finished";

    /// <summary>What is to be told now that somebody's place on a list has changed; nothing while others still wait.</summary>
    public static async Task<IReadOnlyList<Message>> Look(ReliefDbContext db, string listId, Deed deed, CancellationToken cancellationToken) =>
        await new CharityLists(db).Finish(listId, deed, cancellationToken)
            ? [Message.Of(new EventPublished(EventOf(listId), null, Answer.Json(new { listId })))]
            : [];

    /// <summary>Takes somebody off a list, and looks.</summary>
    public static async Task<IReadOnlyList<Message>> Leave(ReliefDbContext db, Nomination nomination, string reason, Deed deed, CancellationToken cancellationToken)
    {
        await new CharityLists(db).Withdraw(nomination, reason, cancellationToken);
        return await Look(db, nomination.ListId, deed, cancellationToken);
    }
}
