using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>What a step of an appeal works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Matter">The matter as it stands.</param>
/// <param name="Case">Its case, when it is about one.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record AppealScene(ReliefDbContext Db, Appeal Matter, CaseScene? Case, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Matter.CountyCode;

    public string Title => Case?.Case.Number ?? Matter.Id[..8];

    public string Subject => Appeal.Chain(Matter.Id);

    /// <summary>Whether it is about money of a supplier or a neighbour.</summary>
    public bool IsMoney => Matter.About is AppealAbout.Line or AppealAbout.Subsidy;

    /// <summary>Whether the township had it.</summary>
    public bool IsTownship => Matter.AreaCode != Matter.CountyCode;

    /// <summary>What notices may say.</summary>
    public object Reference => new { caseNumber = Title, appeal = Matter.Id[..8] };

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Matter.CountyCode, Reference);

    /// <summary>A notice to whoever had it: the township, or the county.</summary>
    public Message ToUnit(string template) => IsTownship ? Tell.Unit(template, "C", Matter.AreaCode, Reference) : ToCounty(template);

    /// <summary>A notice to everybody who appeals and has not left; by letter where it is an answer.</summary>
    public async Task<IReadOnlyList<Message>> ToParties(string template, bool isLetter, CancellationToken cancellationToken)
    {
        List<Message> told = [];
        foreach (var party in (await new AppealBook(Db).Parties(Matter.Id, cancellationToken)).Where(party => party.LeftAs is null))
        {
            // Whoever does things for somebody has the answer sent to them: it is theirs.
            var person = party.Kind == PartyKind.Agent ? Matter.PersonId ?? party.Ref : party.Ref;
            told.Add(party.Kind == PartyKind.Supplier ? Tell.Unit(template, "S", party.Ref, Reference) : isLetter ? Tell.Letter(template, "A", person, Reference) : Tell.Person(template, "A", person, Reference));
        }

        return told;
    }

    /// <summary>Who may not review: who decided, surveyed or accepted, kin, and who took the appeal in for somebody (INV-09, E09).</summary>
    public async Task<IReadOnlyList<string>> Excluded(CancellationToken cancellationToken)
    {
        var parties = await new AppealBook(Db).Parties(Matter.Id, cancellationToken);
        var involved = Case is null ? [] : await new ReviewQueries(Db).Excluded(Case, cancellationToken);
        var deciders = Matter.CaseId is null ? [] : await Db.Set<DecisionRecord>().Where(row => row.CaseId == Matter.CaseId).Select(row => row.DecidedBy).Distinct().ToListAsync(cancellationToken);
        return [.. Matter.Deciders.Concat(involved).Concat(deciders).Concat(parties.Where(party => party.Kind == PartyKind.Agent).Select(party => party.CreatedBy)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Who reviews: the township that decided, or the county where it has nobody else or decided itself; the county's finance about money.</summary>
    public async Task<(string Role, string Unit, string Audience)> Reviewer(IReadOnlyList<string> excluded, CancellationToken cancellationToken)
    {
        if (IsMoney)
            return (ReliefRoles.CountyFinance, CountyCode, "K");
        var able = IsTownship ? await new StaffQueries(Db).Able(ReliefRoles.TownshipReviewer, Matter.AreaCode, ChinaTime.DayOf(Context.Now), cancellationToken) : [];
        return able.Any(member => !excluded.Contains(member.Id)) ? (ReliefRoles.TownshipReviewer, Matter.AreaCode, "R") : (ReliefRoles.CountyOfficer, CountyCode, "K");
    }

    /// <summary>The scene of a matter.</summary>
    public static async Task<AppealScene> Of(ReliefDbContext db, string appealId, ActivityContext context, CancellationToken cancellationToken)
    {
        var matter = await new AppealBook(db).Get(appealId, cancellationToken);
        return new AppealScene(db, matter, matter.CaseId is { } caseId ? await new CaseDesk(db).Open(caseId, cancellationToken) : null, context);
    }
}
