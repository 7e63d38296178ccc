using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>A person checks a report of death within one working day: it is true, or everything is restored (E02, 0.2b).</summary>
[Activity("Relief Case", "A person checks a report of death.", Chinese = "死亡信息核实", Waits = true)]
[Outcomes(PersonDied, DeathRetracted)]
[ChangesRecords]
public sealed class VerifyDeath(ReliefDatabase database, PersonalDataKey key) : Activity
{
    private const string PersonDied = nameof(PersonDied);
    private const string DeathRetracted = nameof(DeathRetracted);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var person = await records.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        var deadline = await new Deadlines(records).Of("death.confirm", person.AreaCode, context.Now, cancellationToken);
        return await WaitAt(deadline.Bookmarks("task", new HumanTask
        {
            Title = "死亡信息核实",
            Kind = "death",
            Role = ReliefRoles.ReliefClerk,
            Unit = await Township(records, person, cancellationToken),
            Subject = "person:" + PersonId,
            Outcomes = [PersonDied, DeathRetracted],
            Form = [new FormField("evidence", "核实依据", "string", [PersonDied, DeathRetracted])],
            Priority = 90
        }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var person = await records.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        var data = new { personId = PersonId };
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, Tell.Unit("death.reported", "C", await Township(records, person, cancellationToken), data));
        var book = new PersonBook(records, key);
        var deed = Deed.Of(context, wakeup, decision.By);
        if (decision.Outcome == DeathRetracted)
        {
            await book.RetractDeath(PersonId, deed, cancellationToken);
            return await Complete(DeathRetracted, Tell.Unit("death.retracted", "C", await Township(records, person, cancellationToken), data));
        }

        await book.ConfirmDeath(PersonId, deed, cancellationToken);
        return await Complete(PersonDied, Tell.Unit("death.confirmed", "K", person.CountyCode, data) with { PassesHalt = true });
    }

    private static async Task<string> Township(ReliefDbContext records, Person person, CancellationToken cancellationToken) =>
        await new AreaQueries(records).TownshipOf(person.AreaCode, cancellationToken);
}
