using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.KinChecks;

/// <summary>What a step of a kin filing works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Filing">The filing as it stands.</param>
/// <param name="Case">Its case and where it lies.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record KinScene(ReliefDbContext Db, KinFilingRecord Filing, CaseScene Case, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Filing.CountyCode;

    public string Title => Case.Case.Number;

    public string Subject => Case.Subject;

    /// <summary>What notices may say: the case's number, never who is whose relative.</summary>
    public object Reference => new { caseNumber = Case.Case.Number };

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Filing.CountyCode, Reference);

    /// <summary>A notice to the township.</summary>
    public Message ToTownship(string template) => Tell.Unit(template, "C", Case.Township, Reference);

    /// <summary>The scene of a filing.</summary>
    public static async Task<KinScene> Of(ReliefDbContext db, string caseId, string staffId, ActivityContext context, CancellationToken cancellationToken)
    {
        var filing = await new KinBook(db).Get(KinBook.IdOf(caseId, staffId), cancellationToken);
        return new KinScene(db, filing, await new CaseDesk(db).Open(caseId, cancellationToken), context);
    }
}
