using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Looks through a routing table that is proposed, keeps it, and lets a second person decide: for the API and for the console.</summary>
internal sealed class RoutingDesk(ReliefRecords records)
{
    public ReliefRecords Records => records;

    /// <summary>Keeps a proposal as the county's next version; 422 with each field that is wrong.</summary>
    public async Task<Results<Created<RoutingVersionView>, ProblemHttpResult>> Propose(NewRoutingTable body, Deed deed, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        IReadOnlyList<RoutingRow> rows = [.. (body.Rows ?? []).Select(row => row?.ToRow() ?? new RoutingRow())];
        var fields = new Fields()
            .Check("countyCode", await new AreaQueries(db).ChainOf(body.CountyCode ?? "", cancellationToken) is [{ Level: AreaLevel.County }, ..], "The county's code.")
            .Check("validFrom", body.ValidFrom is not null, "The first day on which it is to hold.")
            .Check("basis", body.Basis?.Trim() is { Length: > 0 and <= 200 }, "The document that it rests on, 1 to 200 characters.");
        foreach (var (field, message) in RoutingRules.Problems(body.Otherwise, rows, await new RoutingQueries(db).Families(body.CountyCode ?? "", cancellationToken)))
            fields.Add(field, message);
        if (fields.Refused is { } refused)
            return refused;

        var change = new RoutingChange(body.Otherwise!, rows, body.ValidFrom!.Value, body.Basis!.Trim());
        var kept = await records.Change(changing => new RoutingBook(changing).Propose(body.CountyCode!, change, deed, cancellationToken), cancellationToken);
        return TypedResults.Created($"/api/v1/routing-table/versions/{kept.Id}", RoutingVersionView.Of(kept));
    }

    /// <summary>Approves or refuses a proposal; 404 for an unknown one, 409 when it was decided, was proposed by the same person, or comes too late, 422 for a refusal without a reason.</summary>
    public async Task<Results<Ok<RoutingVersionView>, ProblemHttpResult>> Decide(string id, RoutingDecision body, Deed deed, CancellationToken cancellationToken)
    {
        var reason = body.Reason?.Trim();
        var fields = new Fields()
            .Check("approved", body.Approved is not null, "Whether it is approved.")
            .Check("reason", body.Approved is not false || reason is { Length: > 0 and <= 500 }, "Why it is refused, 1 to 500 characters.");
        if (fields.Refused is { } refused)
            return refused;
        var problem = await records.Change(changing => new RoutingBook(changing).Decide(id, body.Approved!.Value, reason, deed, cancellationToken), cancellationToken);
        if (problem is not null)
            return Refusals(problem);
        await using var db = records.ReadingAll();
        return TypedResults.Ok(RoutingVersionView.Of((await new RoutingQueries(db).Find(id, cancellationToken))!));
    }

    private static ProblemHttpResult Refusals(string problem) => problem switch
    {
        "unknown" => Refusal.Of(404, "routing.notFound", "There is no such version."),
        "decided" => Refusal.Of(409, "routing.decided", "It was approved or refused already."),
        "samePerson" => Refusal.Of(409, "routing.samePerson", "Whoever proposes a table does not approve it: another person does."),
        _ => Refusal.Of(409, "routing.laterVersion", "A table from that day or a later one on holds already: propose it from a later day.")
    };
}
