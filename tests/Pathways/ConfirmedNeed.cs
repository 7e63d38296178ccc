using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>A case with one confirmed need: where the story of a pathway begins.</summary>
internal sealed record ConfirmedNeed(string CaseId, string NeedId, string PersonId)
{
    /// <summary>What a pathway is started with.</summary>
    public object Input => new { caseId = CaseId, needItemId = NeedId, personId = PersonId };

    public static async Task<ConfirmedNeed> Of(Town town, string personId, ReliefCategory category, NeedEntry entry, (decimal Quantity, string Pathway) decided)
    {
        var (caseId, needId) = ("", "");
        await town.Set(async db =>
        {
            caseId = await Open(db, personId, category, entry);
            needId = Assert.Single(await Confirm(db, caseId, _ => decided.Quantity, decided.Pathway)).Id;
        });
        return new ConfirmedNeed(caseId, needId, personId);
    }

    /// <summary>A confirmed case with its needs registered, as if intake, survey and review had been.</summary>
    public static async Task<string> Open(ReliefDbContext db, string personId, ReliefCategory category, params NeedEntry[] needs)
    {
        var deed = DeedOf(personId);
        var application = await new ApplicationBook(db).Enter(new ApplicationEntry
        {
            CountyCode = "999900", Channel = "window", ApplicantName = "某某", PersonId = personId, Category = category,
            ItemCodes = [.. needs.Select(need => need.ItemCode)], Wording = "需要服务"
        }, deed, None);
        var caseId = ((CaseResult.Done)await new CaseBook(db).Open(application.Id, "township-a", deed, None)).CaseId;
        foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview, CaseStatus.Confirmed })
            await new CaseBook(db).Move(caseId, status, null, deed, None);
        await new CaseBook(db).RegisterNeeds(caseId, needs, deed, None);
        return caseId;
    }

    /// <summary>Confirms every need of a case for one pathway.</summary>
    public static async Task<IReadOnlyList<NeedItem>> Confirm(ReliefDbContext db, string caseId, Func<string, decimal> quantityOf, string pathway)
    {
        foreach (var need in await new CaseQueries(db).Needs(caseId, None))
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Confirmed, Quantity = quantityOf(need.ItemCode), Pathways = [pathway] }, DeedOf(caseId), None);
        return await new CaseQueries(db).Needs(caseId, None);
    }

    private static Deed DeedOf(string of) => new("clerk-1", Town.Local(3, 16), "scene-" + of);
}
