using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>Scenes for the stories about money: confirmed needs, accounts that are nearly empty, money that comes.</summary>
internal static class FundScene
{
    public static Task<(string CaseId, string NeedId)> Nursing(Town town, string person, decimal visits) => Confirmed(town, person, "nursing", visits);

    /// <summary>A confirmed need of a person on the margin.</summary>
    public static async Task<(string CaseId, string NeedId)> Confirmed(Town town, string person, string item, decimal quantity)
    {
        var confirmed = await ConfirmedNeed.Of(town, person, ReliefCategory.Margin, new NeedEntry(item, "服务", "disabled", Urgency.Normal, "服务"), (quantity, "M1"));
        return (confirmed.CaseId, confirmed.NeedId);
    }

    /// <summary>600 yuan are left in one fund and 500 in another.</summary>
    public static Task IsShort(Town town) => town.Set(async db =>
    {
        var deed = new Deed("county-finance-1", Local(3, 1), "scene-1");
        await new FundBook(db).Adjust("F5-2026", -59_400, "doc", deed, None);
        await new FundBook(db).Adjust("F3-2026", -249_500, "doc", deed with { Key = "scene-2" }, None);
    });

    public static async Task Give(Town town, string account, decimal amount)
    {
        await town.Start("procedure.fund", new { countyCode = "999900", kind = "Allocate", accountId = account, amount, document = "doc-3", by = "county-finance-1" });
        await town.Complete("fund.approve", "county-officer-1", "Approved");
    }

    public static async Task<decimal> Available(Town town, string account) => (await town.Read(db => new FundQueries(db).Balance(account, None)))!.Available;
}
