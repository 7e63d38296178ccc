using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Takes a report of death: visits and money pause, the doorbell stays armed, nothing is final (E02, 0.2b).</summary>
[Activity("Relief Case", "Takes a report of death; visits and money pause.", Chinese = "死亡报告登记")]
[Outcomes(Reported, AlreadyKnown)]
[ChangesRecords]
public sealed class ReportDeath(ReliefDatabase database, PersonalDataKey key) : Activity
{
    private const string Reported = nameof(Reported);
    private const string AlreadyKnown = nameof(AlreadyKnown);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("The day of death, as reported.", Chinese = "死亡日期")]
    public required DateOnly DiedOn { get; init; }

    [Input("Who says so: family, village, hospital, police, dataMatch.", Chinese = "来源")]
    public required string Source { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var changed = await new PersonBook(records, key).ReportDeath(PersonId, new DeathReport(DiedOn, Source), Deed.Of(context), cancellationToken);
        if (!changed.Changed)
            return await Complete(AlreadyKnown);
        var person = await records.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        var township = await new AreaQueries(records).TownshipOf(person.AreaCode, cancellationToken);
        return await Complete(Reported, Tell.Unit("death.reported", "C", township, new { personId = PersonId, source = Source }));
    }
}
