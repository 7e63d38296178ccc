using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>What a step of the fast track works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Emergency">The emergency as it stands.</param>
/// <param name="Township">The township of the person's village.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record EmergencyScene(ReliefDbContext Db, EmergencyRelief Emergency, string Township, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Emergency.CountyCode;

    public string Title => Emergency.Id[^Math.Min(Emergency.Id.Length, 8)..];

    public string Subject => EmergencyRelief.Chain(Emergency.Id);

    /// <summary>What notices may say: the emergency's number.</summary>
    public object Reference => new { emergency = Title };

    /// <summary>The deeds of this run.</summary>
    public Deed Deed(string step, string by = ActivityDeeds.System) => Context.DeedOf(step, by);

    /// <summary>A notice to the person.</summary>
    public Message ToPerson(string template) => Tell.Person(template, "P", Emergency.PersonId, Reference);

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Emergency.CountyCode, Reference);

    /// <summary>A notice to the township.</summary>
    public Message ToTownship(string template) => Tell.Unit(template, "C", Township, Reference);

    /// <summary>The scene of an emergency.</summary>
    public static async Task<EmergencyScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var emergency = await new EmergencyBook(db).Get(id, cancellationToken);
        return new EmergencyScene(db, emergency, await new AreaQueries(db).TownshipOf(emergency.AreaCode, cancellationToken), context);
    }
}
