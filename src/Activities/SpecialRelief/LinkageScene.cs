using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>What a step of a linkage works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Linkage">The linkage as it stands.</param>
/// <param name="Township">The township of the person's village.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record LinkageScene(ReliefDbContext Db, ReliefLinkage Linkage, string Township, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Linkage.CountyCode;

    public string Title => Linkage.Id[^Math.Min(Linkage.Id.Length, 8)..];

    public string Subject => ReliefLinkage.Chain(Linkage.Id);

    /// <summary>What notices may say: the linkage's number.</summary>
    public object Reference => new { linkage = Title };

    /// <summary>The deeds of this run.</summary>
    public Deed Deed(string step, string by = ActivityDeeds.System) => Context.DeedOf(step, by);

    /// <summary>A notice to the person.</summary>
    public Message ToPerson(string template, object? data = null) => Tell.Person(template, "P", Linkage.PersonId, data ?? Reference);

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Linkage.CountyCode, Reference);

    /// <summary>The scene of a linkage.</summary>
    public static async Task<LinkageScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var linkage = await new LinkageBook(db).Get(id, cancellationToken);
        return new LinkageScene(db, linkage, await new AreaQueries(db).TownshipOf(linkage.AreaCode, cancellationToken), context);
    }
}
