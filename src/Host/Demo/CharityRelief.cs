using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo charity</c>: a list of names goes to a charity by two officers, the goods are confirmed, and the charity deletes the list (PW7, SC-26).</summary>
internal sealed class CharityRelief(ApiCaller caller, TextWriter story)
{
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        var project = ApiCaller.Text(await caller.Post("charity-projects", new
        {
            countyCode = "999900", charityId = "CH-1", name = "冬衣送暖", kind = "Goods", itemCodes = new[] { "charity-goods" }, personClasses = new[] { "elderly", "disabled" },
            capacity = 10, validFrom = "2026-01-01", validTo = "2026-06-30", contact = "示例慈善会 0000000"
        }, "county-officer-1", cancellationToken), "id");
        await tale.Applies(Wish.Coat, cancellationToken);
        await IsListed(cancellationToken);
        await IsDelivered(cancellationToken);
        var list = ApiCaller.Text((await caller.List($"charity-projects/{project}/lists", cancellationToken))[0], "id");
        var places = (await caller.Get("charity-lists/" + list, cancellationToken)).GetProperty("persons").EnumerateArray().ToList();
        var goods = await caller.List($"orders/{tale.OrderId}/in-kind", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["listed"] = places.Count, ["names"] = places.Count(place => place.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String),
            ["goods"] = goods.Sum(line => line.GetProperty("value").GetDecimal())
        }, cancellationToken);
    }

    private async Task IsListed(CancellationToken cancellationToken)
    {
        await tale.Decides(new Decision("charity.consent", "clerk-1", "Granted", new { form = "paper", givenBy = "self" }), "本人单独同意提供信息", "She consents to her name going to the charity", cancellationToken);
        await caller.Decide(new Decision("charity.compile", "county-officer-1", "Compiled"), cancellationToken);
        await tale.Decides(new Decision("charity.check", "county-officer-2", "Sent"), "一人编制,另一人复核发送", "One officer compiles, another checks and sends", cancellationToken);
        await tale.Decides(new Decision("charity.answer", "charity-1", "Answered", new { answers = new[] { new { orderId = tale.OrderId, decision = "Accepted" } } }), "慈善组织接受", "The charity accepts", cancellationToken);
    }

    private async Task IsDelivered(CancellationToken cancellationToken)
    {
        var day = (await caller.Now(cancellationToken)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await tale.Decides(new Decision("charity.delivery", "charity-1", "Delivered", new { kind = "Goods", date = day, goods = "冬衣", quantity = 1, value = 300, receipt = "CH-1-1" }),
            "冬衣送达,记入物资台账", "The coat is there, and in the in-kind ledger", cancellationToken);
        await caller.At((await caller.Now(cancellationToken)).AddDays(31), cancellationToken);
        await tale.Decides(new Decision("charity.confirm", "clerk-1", "Received"), "三十日内回访:已收到", "Called within thirty days: she has it", cancellationToken);
        await tale.Decides(new Decision("charity.deletion", "charity-1", "Deleted", new { certificate = "CH-1-D-1" }), "慈善组织删除名单并出具证明", "The charity deletes the list and certifies it", cancellationToken);
    }
}
