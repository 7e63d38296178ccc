namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads which persons' services are halted.</summary>
public sealed class HaltQueries(ReadSide side)
{
    /// <summary>The halts of one person, or the newest 100 of all.</summary>
    public Task<List<HaltLine>> List(string? subjectId, CancellationToken cancellationToken) =>
        new Query(side, "select subject_id, kind, since, handler from halt").Where("subject_id = {0}", subjectId)
            .Then("order by since desc, subject_id limit {0}", Cursor.MaxTake)
            .Read(row => new HaltLine(row.Text("subject_id"), row.Text("kind"), row.Instant("since"), row.IdOrNull("handler")), cancellationToken);
}

/// <param name="Handler">The instance whose own timers and messages go on.</param>
public sealed record HaltLine(string SubjectId, string Kind, DateTimeOffset Since, Guid? Handler);
