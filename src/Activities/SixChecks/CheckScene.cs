using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>What a step of a 666 check works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Run">The run.</param>
/// <param name="Context">Time and keys of this run of the step.</param>
public sealed record CheckScene(ReliefDbContext Db, CheckRun Run, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Run.CountyCode;

    public string Title => Run.Period;

    public string Subject => CheckBook.Chain(Run.Id);

    /// <summary>The item that the step is about.</summary>
    public CheckSheet? Sheet { get; init; }

    /// <summary>The action that the step is about.</summary>
    public CheckAction? Action { get; init; }

    /// <summary>Tells the run that an item is done or an action has its outcome.</summary>
    public Message Changed => Message.Of(new EventPublished(CheckBook.Changed(Run.Id), null, Answer.Json(new { run = Run.Id })));
}
