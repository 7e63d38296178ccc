using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A month of visits for a whole county, and what live work feels of it: the same load alone and while the visits are written.</summary>
internal sealed class VisitFigures(Settings settings, Ground ground, string folder)
{
    private const int Families = 50_000;
    private const int Villages = 500;
    private const int MostSeconds = 30;
    private const int Clients = 4;

    private readonly Table table = new("start → finished, 4 clients", "starts/s", "p50 ms", "p99 ms", "ratio of starts");

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await host.Publish(Shapes.Straight, cancellationToken);
        await People(database, cancellationToken);
        // What the database alone takes to look up and write as many rows, without their indexes and in one go.
        var floor = await Time(() => Sql.Run(database, "create table floor as select p.* from relief.person p join relief.relief_identity i on i.person_id = p.id where p.county_code = '1'", cancellationToken));
        await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);

        var quiet = await Time(() => Round(host, database, "1", cancellationToken));
        var alone = await Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);
        var load = Load.Run(host.Client, (Clients, settings.Seconds), Straight, cancellationToken);
        var busy = await Time(() => Round(host, database, "2", cancellationToken));
        var beside = await load;
        var events = await Sql.Scalar<long>(database, "select count(*) from outbox where state = 0", cancellationToken);

        Console.WriteLine($"\nA month of visits for {Families:N0} families in {Villages} villages on PostgreSQL: {Text(quiet, "0.0")} s alone, {Text(busy, "0.0")} s beside the load; target ≤ {MostSeconds} s. "
            + $"Floor: {Text(floor, "0.00")} s; host {host.Memory.Most} MB at most; {events} messages pending after it");
        Add("alone", alone, alone);
        Add("beside the visits", beside, alone);
        table.Print();
    }

    // From the call that begins the rounds to the last visit that is on somebody's list.
    private static async Task Round(HostProcess host, string database, string county, CancellationToken cancellationToken)
    {
        var month = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await host.Post("/api/v1/visit-rounds", $$"""{"countyCode":"{{county}}","from":"{{month}}"}""", cancellationToken);
        await Pause.Until(async () => await Sql.Scalar<long>(
            database, $"select count(*) from relief.visit_round where county_code = '{county}' and duty = 'Village' and status = 'Generated'", cancellationToken) == 1, TimeSpan.FromMilliseconds(50), cancellationToken);
        var visits = await Sql.Scalar<long>(database, $"select count(*) from relief.home_visit where county_code = '{county}' and duty = 'Village'", cancellationToken);
        if (visits != Families)
            throw new InvalidOperationException($"{visits} visits for {Families} families.");
    }

    // Two counties of the same size: one is visited alone, the other beside the load.
    private static async Task People(string database, CancellationToken cancellationToken)
    {
        foreach (var county in new[] { "1", "2" })
        {
            await Sql.Run(database, $"insert into relief.area_unit (code, level, name) values ('{county}', 'County', '县'); insert into relief.area_unit (code, level, parent_code, name) values ('{county}1', 'Township', '{county}', '镇')", cancellationToken);
            await Sql.Run(database, $"insert into relief.area_unit (code, level, parent_code, name) select '{county}1' || to_char(n, 'FM000'), 'Village', '{county}1', '村' from generate_series(0, {Villages - 1}) as n", cancellationToken);
            await Sql.Run(
                database,
                $"""
                insert into relief.person (id, county_code, created_at, created_by, id_number_sealed, id_number_hash, name, sex, birth_date, area_code, capacity, life_status, flags)
                select '{county}-p' || n, '{county}', now(), 'benchmark', '-', '{county}-' || n, '某某某', 'F', '1960-01-01', '{county}1' || to_char(n % {Villages}, 'FM000'), 'Full', 'Alive', '[]' from generate_series(1, {2 * Families}) as n
                """, cancellationToken);
            // Every second person receives dibao.
            await Sql.Run(
                database,
                $"""
                insert into relief.relief_identity (id, county_code, created_at, created_by, person_id, category, valid_from, evidence, source)
                select '{county}-i' || n, '{county}', now(), 'benchmark', '{county}-p' || (2 * n), 'Dibao', '2020-01-01', '-', '-' from generate_series(1, {Families}) as n
                """, cancellationToken);
        }

        await Sql.Run(database, "vacuum analyze relief.person", cancellationToken);
        await Sql.Run(database, "vacuum analyze relief.relief_identity", cancellationToken);
    }

    private static Load.Request Straight() => new($"/api/v1/pathways/{Shapes.StraightId}/instances", """{"input":{"amount":120}}""", null);

    private void Add(string name, Load.Result load, Load.Result alone) => table.Add(
        name, Text(load.Requests / (double)settings.Seconds, "0"), Text(load.Percentile(0.5), "0.0"), Text(load.Percentile(0.99), "0.0"), Text(load.Requests / (double)alone.Requests, "0.00"));

    private static async Task<double> Time(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
