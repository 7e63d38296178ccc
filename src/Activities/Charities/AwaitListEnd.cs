using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Waits until everybody on a list is served or has left it; at the end of the project whoever still waits has left it.</summary>
/// <remarks>From then on the charity has no ground to keep the names (INV-26). The death of one person therefore does not keep the list alive.</remarks>
[ChangesRecords]
[Activity("Relief Partners", "Waits until everybody on a list is served or has left it.", Chinese = "等待名单办结", Waits = true)]
[Outcomes("Finished")]
public sealed class AwaitListEnd : Activity
{
    private const string Finished = "Finished";

    [Input("The list.", Chinese = "转介名单")]
    public required string ListId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var queries = new CharityQueries(db);
        var list = (await queries.List(ListId, cancellationToken))!;
        if (list.Status == CharityListStatus.Finished)
            return new Completed(Finished);
        var project = (await queries.Project(list.ProjectId, cancellationToken))!;
        return new Waiting([Bookmark.Event("finished", ListEnds.EventOf(ListId)), Bookmark.Timer("end", ChinaTime.EndOf(project.ValidTo))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (!wakeup.IsTimer)
            return new Completed(Finished);
        await using var db = ReliefDbContext.Over(context.Records);
        var lists = new CharityLists(db);
        foreach (var row in (await new CharityQueries(db).Of(ListId, cancellationToken)).Where(row => row.Status == NominationStatus.Accepted))
            await lists.Withdraw(row, "ProjectEnded", cancellationToken);
        await lists.Finish(ListId, context.DeedOf("end"), cancellationToken);
        return new Completed(Finished);
    }
}
