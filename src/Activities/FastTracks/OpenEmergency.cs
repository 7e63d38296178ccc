using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Opens the fast track of a person's emergency; one that is open goes on instead (P29, E07).</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Opens the fast track of a person's emergency.", Chinese = "登记急难")]
[Outcomes("Opened", "Known")]
public sealed class OpenEmergency : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("Application, Doorbell, Hotline or Request.", Chinese = "来源")]
    public required EmergencyOrigin Origin { get; init; }

    [Input("What it comes from.", Chinese = "来源编号")]
    public required string OriginId { get; init; }

    [Input("Who saw it.", Chinese = "提出人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Output("The emergency.", Chinese = "急难")]
    public string EmergencyId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var person = await db.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        EmergencyId = context.InstanceId.ToString("N");
        var deed = context.DeedOf("open", By);
        var emergency = new EmergencyRelief
        {
            Id = EmergencyId, CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = person.AreaCode, PersonId = PersonId, Origin = Origin, OriginId = OriginId, Status = EmergencyStatus.Open,
            CaseId = (await new CaseQueries(db).OpenCaseOf(PersonId, person.CountyCode, cancellationToken))?.Id
        };
        if (!await new EmergencyBook(db).Open(emergency, deed, cancellationToken))
            return new Completed("Known");
        var scene = await EmergencyScene.Of(db, EmergencyId, context, cancellationToken);
        return new Completed("Opened") { Send = Origin == EmergencyOrigin.Application ? [] : [scene.ToTownship("emergency.opened")] };   // an urgent application is told by the intake
    }
}
