using Relief.Flow.Workflows.Storage.Steps;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>One whole look at what is stuck: first what past steps took is brought up to date, then everything is held against it.</summary>
/// <remarks>When the first fails, the look is made nevertheless.</remarks>
public sealed class StuckRound(StepFold fold, Outlooks outlooks, FindingBook book)
{
    /// <summary>Looks if no node has looked within the last 50 seconds.</summary>
    /// <returns>How many looks were made: one or none.</returns>
    public async Task<int> InTurn(CancellationToken cancellationToken)
    {
        if (!await book.TakeTurn(cancellationToken))
            return 0;

        await Now(cancellationToken);
        return 1;
    }

    /// <summary>Looks now, whoever else does.</summary>
    public async Task Now(CancellationToken cancellationToken)
    {
        try
        {
            await fold.Fold(cancellationToken);
            await outlooks.Refresh(cancellationToken);
        }
        finally
        {
            await book.Look(cancellationToken);
        }
    }
}
