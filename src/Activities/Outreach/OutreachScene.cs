using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>What a step of a discovery works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Found">The discovery as it stands.</param>
/// <param name="Township">The township that answers for its village.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record OutreachScene(ReliefDbContext Db, Discovery Found, string Township, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Found.CountyCode;

    public string Title => Found.Id[^Math.Min(Found.Id.Length, 8)..];

    public string Subject => Discovery.Chain(Found.Id);

    /// <summary>What notices may say: the discovery's number.</summary>
    public object Reference => new { discovery = Title };

    /// <summary>Who may not be asked about the person: their kin (E09).</summary>
    public required IReadOnlyList<string> Kin { get; init; }

    /// <summary>What those who look after it need to see.</summary>
    public object Shown => new
    {
        Found.Seen, place = Found.AreaCode, Found.PersonId, Found.PersonRef, risk = Found.Risk.ToString(), origin = Found.Origin.ToString(), Found.CreatedAt, Found.DueAt, Found.GuardianRef, Found.MandateId
    };

    /// <summary>A notice to the person, when the register knows them.</summary>
    public Message[] ToPerson(string template) => Found.PersonId is { } person ? [Tell.Person(template, "P", person, Reference)] : [];

    /// <summary>A notice to the township.</summary>
    public Message ToTownship(string template, object? data = null) => Tell.Unit(template, "C", Township, data ?? Reference);

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Found.CountyCode, Reference);

    /// <summary>The class of the outcome to who found the person, when they are on the staff; others look it up.</summary>
    public async Task<Message[]> ToDiscoverer(CancellationToken cancellationToken)
    {
        if (DiscoveryView.ClassOf(Found) is not { } result || await new StaffQueries(Db).Find(Found.CreatedBy, cancellationToken) is null)
            return [];
        return
        [
            Tell.Staff("discovery.result", "V", Found.CreatedBy, new
            {
                discovery = Title, helped = result == DiscoveryClass.Helped, known = result == DiscoveryClass.Known, notHelped = result == DiscoveryClass.NotHelped, notReached = result == DiscoveryClass.NotReached
            })
        ];
    }

    /// <summary>The scene of a discovery.</summary>
    public static async Task<OutreachScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var found = await new DiscoveryQueries(db).Get(id, cancellationToken);
        return new OutreachScene(db, found, await new AreaQueries(db).TownshipOf(found.AreaCode, cancellationToken), context)
        {
            Kin = found.PersonId is { } person ? await new StaffQueries(db).KinOf(person, cancellationToken) : []
        };
    }
}
