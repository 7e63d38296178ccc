using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A month's data match: a partner's pseudonymised rows against as many persons, from the first byte handed in to the last check on somebody's list.</summary>
internal sealed class MatchFigures(Settings settings, Ground ground, string folder)
{
    /// <summary>One row in so many is about somebody in the register.</summary>
    private const int OneIn = 1_000;

    private const int MostSeconds = 300;
    private const int MostMegabytes = 2048;

    private readonly Table table = new("part", "seconds", "rows/s", "floor s", "ratio");

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await People(database, cancellationToken);
        var file = await Rows(cancellationToken);
        await Send(host, HttpMethod.Put, "/api/v1/match-rules", """
            {"countyCode":"1","rules":[{"partner":"department","dataSet":"rows","kind":"need","warning":"A","severity":1,"ask":"look","purpose":"benchmark","legalBasis":"benchmark"}]}
            """, cancellationToken);
        var run = (await Send(host, HttpMethod.Post, "/api/v1/match-runs", """{"countyCode":"1"}""", cancellationToken)).GetProperty("runId").GetString()!;

        var handedIn = await Time(() => HandIn(host, run, file, cancellationToken));
        // The comparison begins with the last row's commit.
        var compared = await Time(() => Pause.Until(async () => (await Get(host, run, cancellationToken)).GetProperty("run").GetProperty("status").GetString() != "Collecting", TimeSpan.FromMilliseconds(200), cancellationToken));
        var hits = settings.Instances / OneIn;
        var followed = await Time(() => Pause.Until(
            async () => await Sql.Scalar<long>(database, "select count(*) from task where kind = 'match.home'", cancellationToken) == hits, TimeSpan.FromMilliseconds(200), cancellationToken));
        // What the database alone takes for the same look-up, with nothing written.
        var floor = await Time(() => Sql.Scalar<long>(
            database, $"select count(*) from relief.match_row r join relief.person p on p.county_code = '1' and p.id_number_hash = r.pseudonym where r.run_id = '{run}'", cancellationToken));

        Add("handing in, over HTTP", handedIn, settings.Instances, null);
        Add("comparison, until it is seen over HTTP", compared, settings.Instances, floor);
        Add(string.Create(CultureInfo.InvariantCulture, $"a check begun for each of {hits:N0} hits"), followed, hits, null);
        Add("all", handedIn + compared + followed, settings.Instances, null);
        Console.WriteLine($"\nData match on PostgreSQL; {settings.Instances:N0} rows against {settings.Instances:N0} persons; host {host.Memory.Most} MB at most. Targets: ≤ {MostSeconds} s and ≤ {MostMegabytes} MB in all");
        table.Print();
        File.Delete(file);
    }

    private void Add(string part, double seconds, int rows, double? floor) => table.Add(
        part, Text(seconds, "0.0"), Text(rows / seconds, "0"), floor is { } least ? Text(least, "0.0") : "", floor is { } bare ? Text(seconds / bare, "0.0") : "");

    private async Task People(string database, CancellationToken cancellationToken)
    {
        await Sql.Run(database, "insert into relief.area_unit (code, level, name) values ('1', 'County', '县'); insert into relief.area_unit (code, level, parent_code, name) values ('11', 'Village', '1', '村')", cancellationToken);
        await Sql.Run(database, "insert into relief.organisation (id, county_code, kind, area_code, name) values ('department', '1', 'Department', '1', '部门')", cancellationToken);
        await Sql.Run(
            database,
            $"""
            insert into relief.person (id, county_code, created_at, created_by, id_number_sealed, id_number_hash, name, sex, birth_date, area_code, capacity, life_status, flags)
            select 'p' || n, '1', now(), 'benchmark', '-', encode(sha256(('n' || n)::bytea), 'hex'), '某某某', 'F', '1960-01-01', '11', 'Full', 'Alive', '[]' from generate_series(1, {settings.Instances}) as n
            """, cancellationToken);
        await Sql.Run(database, "vacuum analyze relief.person", cancellationToken);
    }

    // As another office would send it: nobody here knows in which order.
    private async Task<string> Rows(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "rows.csv");
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await text.WriteLineAsync("pseudonym,eventOn,reference".AsMemory(), cancellationToken);
        for (var row = 1; row <= settings.Instances; row++)
        {
            var person = row % OneIn == 0 ? row : settings.Instances + row;
            var pseudonym = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"n{person}"))));
            await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{pseudonym},2026-01-01,R-{row}").AsMemory(), cancellationToken);
        }

        return path;
    }

    private static async Task HandIn(HostProcess host, string run, string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var answer = await host.Client.PostAsync(new Uri($"/api/v1/match-runs/{run}/files?dataSet=rows&version=1", UriKind.Relative), content, cancellationToken);
        await Read(answer, cancellationToken);
    }

    private static async Task<JsonElement> Get(HostProcess host, string run, CancellationToken cancellationToken)
    {
        using var answer = await host.Client.GetAsync(new Uri("/api/v1/match-runs/" + run, UriKind.Relative), cancellationToken);
        return await Read(answer, cancellationToken);
    }

    private static async Task<JsonElement> Send(HostProcess host, HttpMethod method, string path, string json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await host.Client.SendAsync(request, cancellationToken);
        return await Read(answer, cancellationToken);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException(text);
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
