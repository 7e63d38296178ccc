using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Where the relief records are kept: what an activity asks for in its constructor.</summary>
/// <param name="kind">Which of the two databases.</param>
/// <param name="connectionString">For reading; writing goes through the burst's own connection.</param>
public sealed class ReliefDatabase(StorageKind kind, string connectionString)
{
    /// <summary>Changes records in the transaction of the burst.</summary>
    public ReliefDbContext Over(UnitOfWork unit) => ReliefDbContext.Over(unit, kind);

    /// <summary>Reads what is committed, on a connection of its own.</summary>
    /// <param name="view">Leaves out what somebody may not see; null shows everything.</param>
    public ReliefDbContext Reading(RecordVisibility? view = null) => ReliefDbContext.Reading(connectionString, kind, view);

    /// <summary>Builds the model of the records ahead of their first use, which otherwise waits for it; asks the database nothing.</summary>
    public void Warm()
    {
        using var context = Reading();
        _ = context.Model.GetEntityTypes().Count();
    }
}
