using System.Globalization;
using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The money and the orders of the example county over REST.</summary>
public sealed class PurchaseDesk(ReliefDesk desk)
{
    /// <summary>Reserved, spent and available of an account, in yuan.</summary>
    public async Task<(decimal Reserved, decimal Spent, decimal Available)> Holds(string account)
    {
        var balance = await desk.Get("funds/accounts/" + account);
        return (balance.GetProperty("reserved").GetDecimal(), balance.GetProperty("spent").GetDecimal(), balance.GetProperty("available").GetDecimal());
    }

    /// <summary>What was posted to an account since a moment, as <c>Reserve 60, Commit 1200</c>.</summary>
    public async Task<string> Posted(string account, DateTimeOffset since) => string.Join(", ", (await desk.List($"funds/accounts/{account}/ledger"))
        .Where(entry => entry.GetProperty("createdAt").GetDateTimeOffset() >= since)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Text("kind")} {entry.GetProperty("amount").GetDecimal():0.##}")));

    /// <summary>County finance proposes money for an account, and it is taken up.</summary>
    public Task IsProposed(string account, decimal amount) => desk.Sends("county-finance-1", "funds/allocations", Money(account, amount));

    /// <summary>Money for an account: one person proposes it, another approves it.</summary>
    public async Task IsGiven(string account, decimal amount)
    {
        await IsProposed(account, amount);
        await desk.Decides("county-officer-1", "fund.approve", "Approved");
    }

    /// <summary>An account is brought to this sum before the story begins, by two people.</summary>
    public async Task BeginsWith(string account, decimal amount)
    {
        var (_, _, available) = await Holds(account);
        await desk.Sends("county-finance-1", "pathways/procedure.fund/instances", new
        {
            input = new { countyCode = "999900", kind = "Adjust", accountId = account, amount = amount - available, document = "示例财社〔2026〕3号", by = "county-finance-1" }
        });
        await desk.Decides("county-officer-1", "fund.approve", "Approved");
        Assert.Equal(amount, (await Holds(account)).Available);
    }

    /// <summary>A person who is in no example: of a margin household, with a level-2 disability, as the registers of others say.</summary>
    public Task IsKnown(Applicant who) => desk.Know(who, ReliefCategory.Margin, (ConditionKind.Disability, 2));

    /// <summary>The body of a proposal.</summary>
    public static object Money(string account, decimal amount) => new { countyCode = "999900", accountId = account, amount, document = "示例财社〔2026〕5号" };

    /// <summary>The one order of a case.</summary>
    public async Task<JsonElement> OrderOf(string caseId) => Assert.Single(await desk.List($"cases/{caseId}/orders"));

    /// <summary>How the one order of a case stands.</summary>
    public async Task<string> StatusOf(string caseId) => (await OrderOf(caseId)).Text("status")!;

    /// <summary>What the latest referral's reservation of money came to.</summary>
    public async Task<JsonElement> Reservation(string output)
    {
        var referral = (await desk.List("instances?definitionId=procedure.referral"))[0].Text("id");
        return (await desk.Get("instances/" + referral)).GetProperty("results").GetProperty("reserve." + output);
    }
}
