using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>What a step of the fast track works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Emergency">The emergency as it stands.</param>
/// <param name="Title">Whom it is about, as a task's title may say it: the number of their case, or their masked name while they have none.</param>
/// <param name="Township">The township of the person's village.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record EmergencyScene(ReliefDbContext Db, EmergencyRelief Emergency, string Title, string Township, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Emergency.CountyCode;

    public string Subject => EmergencyRelief.Chain(Emergency.Id);

    /// <summary>What notices may say: the emergency's number.</summary>
    public object Reference => new { emergency = Emergency.Id[^Math.Min(Emergency.Id.Length, 8)..] };

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
        var title = await db.Set<Case>().Where(row => row.Id == emergency.CaseId).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken)
            ?? MaskedName.Of((await db.Set<Person>().SingleAsync(row => row.Id == emergency.PersonId, cancellationToken)).Name);
        return new EmergencyScene(db, emergency, title, await new AreaQueries(db).TownshipOf(emergency.AreaCode, cancellationToken), context);
    }
}
