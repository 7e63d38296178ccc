using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Says of a person's doorbells that nobody is at home until a day, or that somebody is again (E21). A press counts all the same.</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "Says that a resident is away, or back.", Chinese = "门铃离家状态")]
[Outcomes(Done)]
public sealed class ResidentAway(ReliefDatabase database, PersonalDataKey key) : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("The last day away; back at home when absent.", Chinese = "离家至")]
    public DateOnly? Until { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        DateTimeOffset? until = Until is { } day ? ChinaTime.EndOf(day) : null;
        foreach (var device in await records.Set<DoorbellDevice>().Where(row => row.PersonId == PersonId && row.Status == DeviceStatus.Commissioned).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            await new DeviceBook(records, key).Change(device.Id, row => row with { AwayUntil = until }, new AuditDetail("DeviceAway", new { until }), context.DeedOf("away:" + device.Id), cancellationToken);
        return await Complete();
    }
}
