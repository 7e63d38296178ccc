using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Begins the procedure that a finding needs: a discovery for care and for who is not covered, linkage for temporary and medical relief, the filing of a relative (P19).</summary>
/// <remarks>What it begins has ids made of the action, so that each is begun once. What is missing in a file is put right by the action's own task.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Begins the procedure that a finding of a 666 check needs.", Chinese = "启动落实措施")]
public sealed class BeginAction : Activity
{
    [Input("The action.", Chinese = "落实事项")]
    public required string ActionId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var action = await new CheckBook(db).Action(ActionId, cancellationToken);
        Message? begun = action.Kind switch
        {
            ActionKind.Care or ActionKind.Discovery => await Discovered(db, action, context, cancellationToken),
            ActionKind.Temporary or ActionKind.Medical => Message.Of(new LinkageStart(action.PersonId, action.Kind.ToString(), "Check666", action.Id, action.CreatedBy).Child()),
            ActionKind.KinFiling => Message.Of(KinBook.StartOf(new KinHit(action.CaseId!, action.KinStaff!, action.Relation!, KinOrigin.Check666, ActionId), action.PersonId, action.CreatedBy)),
            _ => null
        };
        return new Completed(Done) { Send = begun is null ? [] : [begun] };
    }

    private static async Task<Message> Discovered(ReliefDbContext db, CheckAction action, ActivityContext context, CancellationToken cancellationToken)
    {
        var deed = context.DeedOf("discovery", action.CreatedBy);
        var village = await db.Set<Person>().Where(row => row.Id == action.PersonId).Select(row => row.AreaCode).SingleAsync(cancellationToken);
        var found = await new DiscoveryBook(db).Register(new Discovery
        {
            Id = context.KeyFor("discovery").ToString("N"), CountyCode = action.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = village, Origin = DiscoveryOrigin.Check666, OriginId = action.Id,
            PersonId = action.PersonId, Seen = action.Finding, Risk = DiscoveryRisk.Normal
        }, deed, cancellationToken);
        return Message.Of(DiscoveryBook.StartOf(found));
    }
}
