using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>The records as somebody whose view is limited sees them: every query leaves out the rows that are not theirs (<see cref="VisibleRows"/>). For reading only.</summary>
internal sealed class VisibleRecordsContext(DbContextOptions options, StorageKind kind, RecordVisibility view) : ReliefDbContext(options, kind)
{
    public string[] Areas => view.Areas;

    public string[] Answered => view.Answered;

    public string[] Bodies => view.Bodies;

    public string[] People => view.People;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var record in ReliefTables.Names.Keys)
        {
            if (VisibleRows.Of(record, this) is { } seen)
                modelBuilder.Entity(record).HasQueryFilter(seen);
        }
    }
}
