using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary>Time passes and every planned visit on the way is served; the last care visit of April is one hour short.</summary>
internal sealed class VisitsPart(ApiCaller caller, string orderId)
{
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(30);

    /// <summary>Lets time pass until a moment; the record of a visit is sent half an hour after it.</summary>
    public async Task Until(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await Next(until, cancellationToken) is { } visit)
        {
            var end = ApiCaller.Moment(visit, "plannedEnd");
            await caller.At(end + Afterwards, cancellationToken);
            await Serve(visit, await IsShort(visit, cancellationToken) ? end.AddHours(-1) : end, cancellationToken);
        }

        await caller.At(until, cancellationToken);
    }

    /// <summary>Hours of home care that were accepted.</summary>
    public async Task<decimal> CareHours(CancellationToken cancellationToken) =>
        (await caller.List($"orders/{orderId}/records", cancellationToken))
            .Where(record => ApiCaller.Text(record, "itemCode") == "home-care" && ApiCaller.Text(record, "status") == "Accepted")
            .Sum(record => record.GetProperty("quantity").GetDecimal());

    private Task<JsonElement> Serve(JsonElement visit, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var record = new { workerId = "worker-a1", start = ApiCaller.Moment(visit, "plannedStart"), end, content = "done", confirmedBy = "张某某 签字" };
        return caller.Post($"orders/{orderId}/records", new { visitId = ApiCaller.Text(visit, "id"), record }, "worker-a1", cancellationToken);
    }

    private async Task<JsonElement?> Next(DateTimeOffset until, CancellationToken cancellationToken) =>
        (await Visits(cancellationToken)).Where(visit => ApiCaller.Text(visit, "status") is "Scheduled" or "Dispatched" && ApiCaller.Moment(visit, "plannedEnd") + Afterwards <= until)
            .Select(visit => (JsonElement?)visit).FirstOrDefault();

    private async Task<bool> IsShort(JsonElement visit, CancellationToken cancellationToken)
    {
        var last = (await Visits(cancellationToken)).Where(one => ApiCaller.Text(one, "itemCode") == "home-care" && ApiCaller.Day(one, "plannedStart").Month == 4).Select(one => ApiCaller.Text(one, "id")).LastOrDefault();
        return ApiCaller.Text(visit, "id") == last;
    }

    private Task<IReadOnlyList<JsonElement>> Visits(CancellationToken cancellationToken) => caller.List($"orders/{orderId}/visits", cancellationToken);
}
