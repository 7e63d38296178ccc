using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Takes back what a guardian has consented to for somebody who is of age now (E10, SC-43); of a child it stays.</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "Takes back what a guardian has consented to for somebody who is of age now.", Chinese = "监护人同意失效")]
[Outcomes(Done)]
public sealed class EndGuardianConsents : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if ((await new PersonQueries(db).Facts(PersonId, ChinaTime.DayOf(context.Now), cancellationToken))!.Minor)
            return await Complete();
        var standing = await db.Set<DataConsent>().Where(row => row.PersonId == PersonId && row.GivenBy == "guardian" && row.Granted && row.WithdrawnAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var consent in standing)
            await db.Replace(consent with { WithdrawnAt = context.Now }, cancellationToken);
        if (standing.Count > 0)
            await db.Audit("person:" + PersonId, new AuditDetail("GuardianConsentsEnded", new { consents = standing.Count }), context.DeedOf("end"), cancellationToken);
        return await Complete();
    }
}
