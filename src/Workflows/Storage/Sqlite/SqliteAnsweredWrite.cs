namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>A write with the type of its answer.</summary>
internal abstract class SqliteAnsweredWrite<T>(CancellationToken cancellationToken) : SqliteWrite
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => answer.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested && answer.TrySetCanceled(cancellationToken);

    protected T? Result { get; set; }

    protected Exception? Failure { get; set; }

    protected CancellationToken Cancellation => cancellationToken;

    public override void Complete()
    {
        if (Failure is OperationCanceledException cancelled)
        {
            answer.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (Failure is not null)
        {
            answer.TrySetException(Failure);
        }
        else
        {
            answer.TrySetResult(Result!);
        }
    }

    public override void Fail(Exception failure) => answer.TrySetException(Failure ?? failure);
}
