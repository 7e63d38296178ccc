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
            var deed = new Deed("clerk-1", Town.Local(3, 16), "scene-" + personId);
            var application = await new ApplicationBook(db).Enter(new ApplicationEntry
            {
                CountyCode = "999900", Channel = "window", ApplicantName = "某某", PersonId = personId, Category = category, ItemCodes = [entry.ItemCode], Wording = entry.Wording
            }, deed, None);
            caseId = ((CaseResult.Done)await new CaseBook(db).Open(application.Id, "township-a", deed, None)).CaseId;
            foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview, CaseStatus.Confirmed })
                await new CaseBook(db).Move(caseId, status, null, deed, None);
            needId = (await new CaseBook(db).RegisterNeeds(caseId, [entry], deed, None))[0];
            var need = (await new CaseQueries(db).Needs(caseId, None)).Single();
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Confirmed, Quantity = decided.Quantity, Pathways = [decided.Pathway] }, deed, None);
        });
        return new ConfirmedNeed(caseId, needId, personId);
    }
}
