using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-46 over REST: 900 + 69 420 + 39 360 services of three classes are 109 680 plural services; 64 600 visits stand beside them.</summary>
public abstract class SC46(StorageKind kind) : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    [Fact]
    public async Task Plural_services_are_the_sum_of_their_records_and_visits_stand_apart()
    {
        await desk.Set(async db =>
        {
            (string Item, ServiceClass Class, int Count)[] all = [("case-work", ServiceClass.Casework, 900), ("health-check", ServiceClass.HealthCheck, 69_420), ("resource-link", ServiceClass.Other, 39_360), ("home-visit", ServiceClass.Visit, 64_600)];
            foreach (var (item, of, _) in all)
                await FigureScene.List(db, item, of, of == ServiceClass.Casework ? ServiceProject.Company : null);
            var orders = await FigureScene.Orders(db, "person-zhang", ReliefCategory.Dibao, [.. all.Select(one => one.Item)]);
            foreach (var ((item, _, count), order) in all.Zip(orders))
                await FigureScene.Serve(db, kind, (order, item), count, On(4, 1, 0));
            await FigureScene.Serve(db, kind, (orders[0], "case-work"), 7, On(4, 1, 0), "Rejected");
        });

        var sheet = (await desk.Get($"figures?{Year}")).Items().ToDictionary(figure => figure.Text("key")!, figure => figure.TryGetProperty("value", out var value) ? value.GetDecimal() : 0);
        Assert.Equal((109_680m, 64_600m), (sheet["services.plural"], sheet["visits.all"]));
        Assert.Equal((900m, 69_420m, 39_360m, 109_680m), (sheet["services.casework"], sheet["services.healthCheck"], sheet["services.other"], sheet["services.all"]));
        Assert.Equal((900m, 109_680m, 109_680m, 1m), (sheet["projects.company"], sheet["groups.dibao"], sheet["pathways.M1"], sheet["persons.served"]));
        Assert.Equal(109_680m + 64_600 + 7, sheet["spotChecks.services"]);

        var opened = await desk.Get($"figures/services.plural?{Year}");
        Assert.Equal("999901 109680", Assert.Single(opened.GetProperty("townships").EnumerateArray().Select(part => $"{part.Text("areaCode")} {part.GetProperty("value").GetDecimal():0}")));
        Assert.Equal(109_680m, opened.GetProperty("months").EnumerateArray().Sum(month => month.GetProperty("value").GetDecimal()));
        var page = await desk.Get($"figures/services.casework/records?{Year}&take=1000");
        Assert.Equal((900, "service_record", null), (page.Items().Select(row => row.Text("id")).Distinct().Count(), page.Text("kind"), page.Text("next")));

        var csv = await (await desk.Host.Client.GetAsync($"/api/v1/figures/sheet.csv?{Year}")).Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Contains("services.plural,多元化服务,Plural services,PersonTimes,109680,,109680,", System.Text.Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_has_an_area_and_a_period_and_nobody_types_one()
    {
        foreach (var wrong in new[] { "county=999900&from=2026-05-01&to=2026-04-01", "county=999900&from=1999-05-01&to=2026-04-01", "from=2026-01-01&to=2026-02-01" })
            await (await desk.Host.Client.GetAsync("/api/v1/figures?" + wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Host.Client.GetAsync("/api/v1/figures?county=999999&from=2026-01-01&to=2026-02-01")).Refuses(HttpStatusCode.NotFound, "figure.areaNotFound");
        await (await desk.Host.Client.GetAsync($"/api/v1/figures/services.typed?{Year}")).Refuses(HttpStatusCode.NotFound, "figure.notFound");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await desk.Host.Client.PostAsJsonAsync("/api/v1/figures/services.plural", new { value = 195 })).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await desk.Host.Client.PutAsJsonAsync("/api/v1/figures/services.plural", new { value = 195 })).StatusCode);

        // A township sees its own whole, and no part of the county as if it were all.
        await desk.Sees("clerk-1", $"figures?{Year}&township=999901");
        using var clerk = desk.Host.With(TestHost.AdminKey, "clerk-1");
        foreach (var elsewhere in new[] { "", "&township=999902", "&township=99990201" })
            await (await clerk.GetAsync($"/api/v1/figures?{Year}{elsewhere}")).Refuses(HttpStatusCode.NotFound, "figure.areaNotFound");
        using var supplier = desk.Host.With(TestHost.AdminKey, "supplier-a");
        await (await supplier.GetAsync($"/api/v1/figures?{Year}")).Refuses(HttpStatusCode.NotFound, "figure.areaNotFound");
    }

    public async Task InitializeAsync() => desk = await ReliefDesk.On(kind);

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private const string Year = "county=999900&from=2026-01-01&to=2026-12-31";

    public sealed class OnSqlite() : SC46(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SC46(StorageKind.PostgreSql);
}
