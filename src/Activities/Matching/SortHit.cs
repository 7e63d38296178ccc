using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Says which check a hit needs: a visit at home, a look at what may be lost, or the course of a reported death (P17 step 5, README 0.2b).</summary>
[ChangesRecords]
[Activity("Relief Matching", "Says which check a hit needs.", Chinese = "预警分类")]
[Outcomes("Home", "Loss", "Death")]
public sealed class SortHit : Activity
{
    [Input("The hit.", Chinese = "预警")]
    public required string HitId { get; init; }

    [Output("The person.", Chinese = "服务对象")]
    public string PersonId { get; private set; } = "";

    [Output("The person's open case, if there is one.", Chinese = "个案")]
    public string CaseId { get; private set; } = "";

    [Output("The day that the partner names.", Chinese = "发生日期")]
    public string EventOn { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var hit = await new HitBook(db).Get(HitId, cancellationToken);
        PersonId = hit.PersonId ?? "";
        CaseId = await db.Set<Case>().Where(row => row.PersonId == PersonId && row.ClosedAt == null).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken) ?? "";
        EventOn = (hit.EventOn ?? ChinaTime.DayOf(hit.CreatedAt)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new Completed(hit.Warning is WarningClass.A or WarningClass.B ? "Home" : hit.Kind == MatchRule.Death ? "Death" : "Loss");
    }
}
