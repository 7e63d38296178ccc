using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>Tells the township of somebody who was found, and the person that somebody will come; what is known already goes to where it is known (P02 step 1, E07).</summary>
/// <remarks>Somebody with an open discovery is asked once. Of somebody with an open case the township that works on it learns what was seen, and the discovery ends there.</remarks>
[ChangesRecords]
[Activity("Relief Discovery", "Registers somebody who was found in need.", Chinese = "登记主动发现")]
[Outcomes("Registered", "Known")]
public sealed class RegisterDiscovery : Activity
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await OutreachScene.Of(db, DiscoveryId, context, cancellationToken);
        if (scene.Found.Status == DiscoveryStatus.Merged)
            return new Completed("Known") { Send = [.. await scene.ToDiscoverer(cancellationToken)] };
        var open = await db.Set<Case>().Where(row => row.PersonId == scene.Found.PersonId && row.CountyCode == scene.Found.CountyCode && row.ClosedAt == null).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (open is null)
            return new Completed("Registered") { Send = [scene.ToTownship("discovery.found"), .. scene.ToPerson("discovery.appointment")] };
        var closed = await new DiscoveryBook(db).Close(DiscoveryId, DiscoveryOutcome.InCase, context.DeedOf("known"), cancellationToken);
        return new Completed("Known") { Send = [scene.ToTownship("discovery.inCase", new { caseNumber = open, discovery = scene.Title }), .. await (scene with { Found = closed }).ToDiscoverer(cancellationToken)] };
    }
}
