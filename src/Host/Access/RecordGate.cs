using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.SixChecks;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>Stands before every address that names something: what somebody may not see is not there for them, whatever they want to do with it.</summary>
internal sealed class RecordGate(ReliefRecords records, Visibility visibility, InstanceQueries instances, TaskQueries tasks) : IEndpointFilter
{
    // By the word before the parameter: what its refusal is called, and whether it is in the view.
    private static readonly Dictionary<string, (string Name, Func<ReliefDbContext, string, CancellationToken, Task<bool>> Holds)> Kept = new(StringComparer.Ordinal)
    {
        ["accounts"] = ("fund", Holds<FundAccount>), ["alerts"] = ("alert", Holds<Alert>), ["appeals"] = ("appeal", Holds<Appeal>), ["archive"] = ("archive", Holds<ArchiveFile>),
        ["batches"] = ("settlement", Holds<SettlementBatch>), ["board"] = ("alert", Holds<Alert>), ["cases"] = ("case", Holds<Case>), ["changes"] = ("change", Holds<PersonChange>),
        ["charity-lists"] = ("charityList", Holds<CharityList>), ["checks666"] = ("check666", Holds<CheckRun>), ["conferences"] = ("conference", Holds<Conference>), ["discoveries"] = ("discovery", Holds<Discovery>),
        ["doorbells"] = ("device", (db, key, cancellationToken) => new DeviceQueries(db).Holds(key, cancellationToken)), ["exchanges"] = ("exchange", Holds<Exchange>),
        ["fast-tracks"] = ("fastTrack", Holds<EmergencyRelief>), ["help-days"] = ("helpDay", Holds<HelpDay>), ["help-logs"] = ("helpLog", Holds<NeighbourLog>),
        ["helpers"] = ("subsidy", (db, key, cancellationToken) => new YearSheets(db).Holds(key, cancellationToken)), ["home-visits"] = ("visit", Holds<HomeVisit>),
        ["households"] = ("household", Holds<Household>), ["kin-filings"] = ("kinFiling", Holds<KinFilingRecord>),
        ["lines"] = ("settlement", Holds<SettlementLine>), ["linkages"] = ("linkage", Holds<ReliefLinkage>), ["mandates"] = ("mandate", Holds<HelpMandate>), ["match-hits"] = ("match", Holds<MatchHit>),
        ["new-entrants"] = ("newEntrants", Holds<EntrantList>), ["notices"] = ("notice", Holds<NoticeRecord>), ["orders"] = ("order", Holds<Order>), ["pairs"] = ("pair", Holds<Pair>),
        ["persons"] = ("person", Holds<Person>), ["requests"] = ("request", Holds<HelpRequest>), ["responders"] = ("responder", Holds<ResponderLink>), ["rings"] = ("alert", Holds<AlertResponder>),
        ["sharing-agreements"] = ("sharing", Holds<SharingAgreement>), ["sheets"] = ("subsidy", Holds<SubsidySheet>), ["spot-checks"] = ("spotCheck", Holds<SpotCheckPlan>), ["tickets"] = ("ticket", Holds<Ticket>),
        ["typical-cases"] = ("typicalCase", Holds<TypicalCase>), ["versions"] = ("routing", Holds<RoutingVersion>), ["years"] = ("fundYear", Holds<FundYear>)
    };

    /// <summary>The words before a parameter for which everybody with the right sees everything, or where the handler's own query decides.</summary>
    public static readonly IReadOnlySet<string> Open = new HashSet<string>(StringComparer.Ordinal)
    {
        "areas", "attachments", "calendar", "cells", "channels", "charity-projects", "cities", "days", "definitions", "deputies", "external", "figures", "folders", "halts", "items", "keys",
        "match-runs", "paper-links", "parameters", "pathways", "repair-batches", "repairs", "sessions", "sharing-consents", "signers", "simulations", "subsidies", "summaries", "suppliers",
        "surveys", "ticket-codes", "users", "villages", "visit-rounds"
    };

    /// <summary>The words before a parameter that is guarded here.</summary>
    public static IEnumerable<string> Guarded => [.. Kept.Keys, "instances", "tasks"];

    async ValueTask<object?> IEndpointFilter.InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (visibility.Current is not { } view || http.GetEndpoint() is not RouteEndpoint route)
            return await next(context);

        foreach (var (word, parameter) in Named(route))
        {
            var key = http.GetRouteValue(parameter)?.ToString() ?? "";
            // Whether a person may do a task, seen or not, the staff register says, and tells them why not.
            if (word == "tasks" && !HttpMethods.IsGet(http.Request.Method) && http.User.Acting() is not null)
                continue;
            if (await Hidden(word, key, http.RequestAborted) is { } name)
                return Refusal.Of(StatusCodes.Status404NotFound, $"{name}.notFound", "There is no such thing, or it is not yours to see.");
            if (word == "suppliers" && !HttpMethods.IsGet(http.Request.Method) && view.Areas.Length == 0 && !view.Bodies.Contains(key))
                return Refusal.Of(StatusCodes.Status403Forbidden, "supplier.notYours", "Only the supplier itself or an authority may do this.");
        }

        return await next(context);
    }

    /// <summary>Each parameter of an address with the word before it.</summary>
    public static IEnumerable<(string Word, string Parameter)> Named(RouteEndpoint route)
    {
        var word = "";
        foreach (var part in route.RoutePattern.PathSegments.Select(segment => segment.Parts[0]))
        {
            if (part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal)
                word = literal.Content;
            else if (part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter)
                yield return (word, parameter.Name);
        }
    }

    // What is hidden is called as when it were not there at all. A word that is in no table is hidden: nothing new is open by oversight.
    private async Task<string?> Hidden(string word, string key, CancellationToken cancellationToken)
    {
        if (word == "tasks")
            return Guid.TryParse(key, out var task) && await tasks.Find(task, cancellationToken) is not null ? null : "task";
        if (word == "instances")
            return Guid.TryParse(key, out var instance) && await instances.Find(instance, cancellationToken) is not null ? null : "instance";
        if (!Kept.TryGetValue(word, out var kept))
            return Open.Contains(word) ? null : "record";
        await using var db = records.Reading();
        return await kept.Holds(db, key, cancellationToken) ? null : kept.Name;
    }

    private static Task<bool> Holds<T>(ReliefDbContext db, string key, CancellationToken cancellationToken) where T : class => db.Holds<T>(key, cancellationToken);
}
