using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A month of ten thousand orders of one township settled in one batch, from its opening to its close, beside live starts: how long a transaction that writes the records lasts, and how long it keeps the accounts.</summary>
internal sealed class SettleFigures(Settings settings, Ground ground, string folder)
{
    private const int Orders = 10_000;
    private const int Clients = 4;
    private const double MostSeconds = 1;

    private readonly Table table = new("part of the batch", "seconds", "longest transaction s", "accounts kept s");

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await host.Publish(Shapes.Straight, cancellationToken);
        await SettleGround.Write(database, Orders, cancellationToken);
        await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);
        var alone = await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);

        var settling = Settle(host, database, cancellationToken);
        List<Load.Result> beside = [];
        while (!settling.IsCompleted)
            beside.Add(await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken));
        var longest = await settling;

        var ratio = beside.Average(load => load.Requests) / alone.Requests;
        Console.WriteLine($"\nOne batch of {Orders:N0} orders on PostgreSQL beside {Clients} clients that start; longest transaction that writes the records {Text(longest, "0.00")} s, target ≤ {MostSeconds} s. "
            + $"Starts keep {Text(ratio, "0.00")} of their rate ({Text(alone.Requests / (double)settings.Seconds, "0")} → {Text(beside.Average(load => load.Requests) / settings.Seconds, "0")} per s, "
            + $"p99 {Text(alone.Percentile(0.99), "0")} → {Text(beside.Max(load => load.Percentile(0.99)), "0")} ms); host {host.Memory.Most} MB at most");
        table.Print();
    }

    private async Task<double> Settle(HostProcess host, string database, CancellationToken cancellationToken)
    {
        var month = SettleGround.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var batch = $"11-s-{month}";
        List<double> longest =
        [
            await Part("opening", database, async () =>
            {
                await host.Post("/api/v1/pathways/procedure.settlement.monthly/instances", $$"""{"input":{"countyCode":"1","townshipCode":"11","supplierId":"s","month":"{{month}}"} }""", cancellationToken);
                await Ask(host, "settlement.claim", cancellationToken);
            }, cancellationToken),
            await Part("claim and verification", database, async () =>
            {
                await host.Post("/api/v1/events", $$"""{"name":"claim:{{batch}}","payload":{} }""", cancellationToken);
                await Complete(host, (await Ask(host, "settlement.verify", cancellationToken), "clerk", "Verified"), cancellationToken);
                await Ask(host, "settlement.approve", cancellationToken);
            }, cancellationToken),
            await Part("approval", database, async () =>
            {
                await Complete(host, (await Ask(host, "settlement.approve", cancellationToken), "reviewer", "Approved"), cancellationToken);
                await Ask(host, "settlement.pay", cancellationToken);
            }, cancellationToken),
            await Part("payment and close", database, async () =>
            {
                await host.Post("/api/v1/events", $$"""{"name":"pay:{{batch}}","payload":{"voucher":"bank-1"} }""", cancellationToken);
                await Seen(async () => await Sql.Scalar<long>(database, "select count(*) from relief.settlement_batch where status = 'Closed'", cancellationToken) == 1, cancellationToken);
            }, cancellationToken)
        ];
        var paid = await Sql.Scalar<long>(database, "select count(*) from relief.settlement_line where status = 'Paid'", cancellationToken);
        return paid == Orders ? longest.Max() : throw new InvalidOperationException($"{paid} of {Orders} lines were paid.");
    }

    private async Task<double> Part(string name, string database, Func<Task> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new LockWatch(database);
        var watching = watch.Run(over.Token);
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        await watching;
        table.Add(name, Text(seconds, "0.0"), Text(watch.Longest, "0.00"), Text(watch.Accounts, "0.00"));
        return watch.Longest;
    }

    /// <summary>The open task of a kind, once it is there.</summary>
    private static async Task<string> Ask(HostProcess host, string kind, CancellationToken cancellationToken)
    {
        var id = "";
        await Seen(async () =>
        {
            using var answer = await host.Client.GetAsync(new Uri($"/api/v1/tasks?kind={kind}", UriKind.Relative), cancellationToken);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            if (page.RootElement.GetProperty("items").EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } task)
                return false;
            id = task.GetProperty("id").GetString()!;
            return true;
        }, cancellationToken);
        return id;
    }

    private static async Task Complete(HostProcess host, (string Task, string By, string Outcome) deed, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tasks/{deed.Task}/complete") { Content = new StringContent($$"""{"outcome":"{{deed.Outcome}}","data":{} }""", Encoding.UTF8, "application/json") };
        message.Headers.Add("X-Acting-User", deed.By);
        using var answer = await host.Client.SendAsync(message, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task Seen(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo())
            await Pause.For(TimeSpan.FromMilliseconds(200), cancellationToken);
    }

    private static Load.Request Straight() => new($"/api/v1/pathways/{Shapes.StraightId}/instances", """{"input":{"amount":120}}""", null);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
