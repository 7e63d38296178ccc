using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Service records in any number, for the figures: one statement makes them, as if years of work had.</summary>
internal static class FigureScene
{
    /// <summary>Lists an item of a class, proposed by one person and approved by another.</summary>
    public static async Task List(ReliefDbContext db, string code, ServiceClass of, ServiceProject? project = null)
    {
        var book = new CatalogueBook(db);
        await book.Propose(new CatalogueItem
        {
            Code = code, CountyCode = "999900", Name = code, Family = "生活照料", Unit = ItemUnit.Visit, MinMinutes = 1, MaxMinutes = 600, TwoWorkers = false, Class = of, Project = project,
            Status = CatalogueStatus.Proposed, ProposedBy = "county-officer-1"
        }, new Deed("county-officer-1", Town.Local(1, 5), "list-" + code), None);
        Assert.IsType<CatalogueResult.Done>(await book.ApproveItem(code, new Deed("county-officer-2", Town.Local(1, 5), "listed-" + code), None));
    }

    /// <summary>An order of a person for each item, in their order.</summary>
    public static Task<IReadOnlyList<string>> Orders(ReliefDbContext db, string person, ReliefCategory category, params string[] items) =>
        ServedOrders.Of(db, person, category, "PV-A", items);

    /// <summary>That many accepted records of an order's item, a minute each from a moment on.</summary>
    public static async Task Serve(ReliefDbContext db, StorageKind kind, (string Order, string Item) of, int count, DateTimeOffset from, string status = "Accepted")
    {
        var isSqlite = kind == StorageKind.Sqlite;
        var (at, day, list, no) = isSqlite
            ? ($"{from.ToUnixTimeMilliseconds()} + i * 60000", $"date({from.ToUnixTimeSeconds() + 28800} + i * 60, 'unixepoch')", "'[]'", "0")
            : ($"timestamptz '{from:yyyy-MM-dd HH:mm:ss}+00' + i * interval '1 minute'", $"((timestamptz '{from:yyyy-MM-dd HH:mm:ss}+00' + i * interval '1 minute') at time zone 'Asia/Shanghai')::date", "'[]'::jsonb", "false");
        var (minute, order) = (isSqlite ? "60000" : "interval '1 minute'", isSqlite ? "relief_service_order" : "relief.service_order");
        var sql = $"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})
            insert into {(isSqlite ? "relief_service_record" : "relief.service_record")} (id, county_code, created_at, created_by, order_id, person_id, supplier_id, worker_id, item_code, two_workers,
              service_date, start_at, end_at, quantity, content, confirmed_by, evidence, flags, status, submitted_at, override_reason, idem_key)
            select '{of.Item}-{of.Order}-{status}-' || i, o.county_code, {at}, 'generated', o.id, o.person_id, 'PV-A', 'worker-a1', '{of.Item}', {no}, {day}, {at}, {at} + {minute}, 100,
              'generated', 'generated', {list}, {list}, '{status}', {at}, 'generated in bulk', '{of.Item}-{of.Order}-{status}-' || i
            from n, {order} o where o.id = '{of.Order}'
            """;
        Assert.Equal(count, await db.Database.ExecuteSqlRawAsync(sql));
    }
}
