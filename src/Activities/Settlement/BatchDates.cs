using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Settlement;

/// <summary>The days of the month after a batch's by which its steps are due; on the next working day when a day is not worked (0.2b).</summary>
internal sealed class BatchDates(ReliefDbContext context, SettlementBatch batch)
{
    /// <summary>When the day that a parameter names ends.</summary>
    public async Task<DateTimeOffset> Of(string key, CancellationToken cancellationToken) => (await Span(key, cancellationToken)).Due;

    /// <summary>The span from the first of the month to that day.</summary>
    public Task<Deadline> Span(string key, CancellationToken cancellationToken) =>
        new Deadlines(context).DayOfMonth(key, batch.TownshipCode, BatchKey.FirstOf(batch.Month).AddMonths(1), cancellationToken);
}
