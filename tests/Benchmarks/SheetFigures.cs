using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A county's sheet of figures over a year of service records, as a page asks for it: reckoned from the records each time, nothing kept.</summary>
internal sealed class SheetFigures(Settings settings, Ground ground, string folder)
{
    private const int Orders = 10_000;
    private const string Year = "county=1&from=2026-01-01&to=2026-12-31";

    private readonly Table table = new("asked", "first s", "again s");

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await Records(database, cancellationToken);
        foreach (var (name, path) in new[]
        {
            ("the whole sheet", "figures?" + Year), ("the sheet of a month", "figures?county=1&from=2026-05-01&to=2026-05-31"), ("the sheet of a township", $"figures?{Year}&township=11"),
            ("one figure by month", "figures/services.plural?" + Year), ("a hundred of its records", $"figures/services.plural/records?{Year}&take=100")
        })
            table.Add(name, await Time(host, path, cancellationToken), await Time(host, path, cancellationToken));
        Console.WriteLine($"\nFigures on PostgreSQL; {settings.Instances:N0} service records of {Orders:N0} orders in one year");
        table.Print();
    }

    private static async Task<string> Time(HostProcess host, string path, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await host.Client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? TimeProvider.System.GetElapsedTime(began).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) : throw new InvalidOperationException(text);
    }

    private async Task Records(string database, CancellationToken cancellationToken)
    {
        await Sql.Run(database, "insert into relief.area_unit (code, level, parent_code, name) values ('1', 'County', null, '县'), ('11', 'Township', '1', '镇'), ('12', 'Township', '1', '乡'), ('111', 'Village', '11', '村'), ('121', 'Village', '12', '庄')", cancellationToken);
        await Sql.Run(
            database,
            """
            insert into relief.service_item (code, county_code, name, family, unit, pathways, min_minutes, max_minutes, two_workers, status, proposed_by, approved_by, class)
            select 'i' || n, '1', 'i' || n, '-', 'Visit', '[]', 1, 600, false, 'Approved', 'a', 'b', (array['Care', 'Casework', 'HealthCheck', 'Visit', 'Other'])[n] from generate_series(1, 5) as n
            """, cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.case_file (id, county_code, created_at, created_by, number, person_id, application_id, status, area_code, owner_unit_id, category, opened_at, flags)
            select 'c' || n, '1', '2026-01-01', 'benchmark', 'c' || n, 'p' || n, 'a' || n, 'InService', (array['111', '121'])[1 + n % 2], 't', (array['Dibao', 'Tekun'])[1 + n % 2], '2026-01-01', '[]' from generate_series(1, {Orders}) as n
            """, cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.service_order (id, county_code, created_at, created_by, case_id, person_id, need_item_ids, pathway, status, declined_by, planned_from, planned_to, idem_key)
            select 'o' || n, '1', '2026-01-01', 'benchmark', 'c' || n, 'p' || n, '[]', 'M' || (1 + n % 7), 'Active', '[]', '2026-01-01', '2026-12-31', 'o' || n from generate_series(1, {Orders}) as n
            """, cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.service_record (id, county_code, created_at, created_by, order_id, person_id, supplier_id, worker_id, item_code, two_workers, service_date, start_at, end_at, quantity, content, confirmed_by,
              evidence, flags, status, submitted_at, override_reason, idem_key)
            select 'r' || n, '1', '2026-01-01', 'benchmark', 'o' || (1 + n % {Orders}), 'p' || (1 + n % {Orders}), 's', 'w' || n % 500, 'i' || (1 + n % 5), false, date '2026-01-01' + n % 365,
              timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + (n + 1) * interval '1 minute', 100, '-', '-', '[]', '[]', 'Accepted', '2026-01-01', 'benchmark', 'r' || n from generate_series(1, {settings.Instances}) as n
            """, cancellationToken);
        await Sql.Run(database, "vacuum analyze", cancellationToken);
    }
}
