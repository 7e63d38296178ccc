using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Begins a procedure of its own for each of many, so many at a time and each part with a commit of its own: many hold up nothing else.</summary>
public abstract class FollowEach : Activity
{
    private const int AtOnce = 200;

    /// <summary>The next of them, at most so many, with the start of each under an id made of it; fewer when these are the last. Who was given is not given again.</summary>
    protected abstract Task<IReadOnlyList<(string Id, ChildStart Start)>> Next(ReliefDbContext db, int most, ActivityContext context, CancellationToken cancellationToken);

    protected sealed override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Part(context, cancellationToken);

    protected sealed override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Part(context, cancellationToken);

    private async Task<ActivityResult> Part(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var next = await Next(db, AtOnce, context, cancellationToken);
        Message[] starts = [.. next.Select(one => Message.Of(one.Start))];
        return next.Count < AtOnce
            ? new Completed(Done) { Send = [.. starts] }
            : new Waiting([Bookmark.Timer($"more-{next[^1].Id}", context.Now)]) { Send = [.. starts] };
    }
}
