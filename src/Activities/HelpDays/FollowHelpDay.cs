using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>Follows what a help day led to until each of it is closed; each week the county learns what is open (P30).</summary>
[ChangesRecords]
[Activity("Relief Help day", "Follows what a help day led to until all of it is closed.", Chinese = "跟踪办结", Waits = true)]
public sealed class FollowHelpDay : Activity
{
    [Input("The help day.", Chinese = "集中帮办日")]
    public required string HelpDayId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Look(context, isFirst: true, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Look(context, isFirst: false, cancellationToken);

    private async Task<ActivityResult> Look(ActivityContext context, bool isFirst, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await HelpDayScene.Of(db, HelpDayId, context, cancellationToken);
        var report = await new HelpDayQueries(db).Report(HelpDayId, cancellationToken);
        // Forms that a device kept back may still come, so the first look waits too.
        if (report.Open == 0 && !isFirst)
        {
            await new HelpDayBook(db).To(HelpDayId, HelpDayStatus.Closed, context.DeedOf("close"), cancellationToken);
            return new Completed(Done);
        }

        var next = await new Deadlines(db).Of("helpday.follow", scene.Day.CountyCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.Timer($"week-{next.Due.ToUnixTimeSeconds()}", next.Due)]) { Send = report.Open == 0 ? [] : [scene.ToCounty("helpday.open", new { day = scene.Title, report.Open })] };
    }
}
