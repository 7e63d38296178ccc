using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Entitlements;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Relief;

/// <summary>Lists of entitlements from outside, such as the linked price subsidy, shown per person (S25).</summary>
internal static class EntitlementsApi
{
    public static void MapEntitlements(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/entitlements/files", Take).WithTags("Relief").RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Never).Accepts<string>("text/csv", "*/*").Refuses(413, 422)
            .WithSummary("Hand in a list as CSV in UTF-8: idNumber, period (2026-03), amount; bad rows are refused one by one, the same file again changes nothing");
        routes.MapGet("/persons/{id}/entitlements", List).WithTags("Relief").RequireAuthorization(Policies.See).WithSummary("What lists from outside say that a person gets, the latest month first").Refuses(404);
    }

    private static async Task<Results<Ok<EntitlementReceipt>, ProblemHttpResult>> Take(ReliefRecords records, Visibility visibility, string county, string scheme, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("scheme", scheme.Length is > 0 and <= 50, "What the list is about, such as 价格临时补贴.");
        await using var db = records.ReadingAll();
        if (!await db.Holds<AreaUnit>(county, cancellationToken) || visibility.Current is { } view && !view.Areas.Contains(county))
            fields.Add("county", "There is no such county, or it is not yours.");
        if (fields.Refused is { } refused)
            return refused;
        var bytes = await RawBody.Read(context.Request, cancellationToken);
        using var text = new StreamReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        if (await EntitlementList.Read(text, cancellationToken) is not { } read)
            return new Fields().Add("body", "The first line names the columns, each once, in UTF-8: idNumber, period, amount.").RefusedAs("entitlement.noHeading")!;
        var id = InstanceIds.Of($"entitlements:{county}:{scheme}:{Convert.ToHexStringLower(SHA256.HashData(bytes.Span))}").ToString("N");
        var deed = await records.DeedOf(context, cancellationToken);
        var kept = await records.Change(changing => new EntitlementBook(changing, records.Key).Take((id, county, scheme), read, deed, cancellationToken), cancellationToken);
        return TypedResults.Ok(new EntitlementReceipt(kept.Id, kept.Accepted, kept.Repeated, kept.Refused, JsonSerializer.Deserialize<ListFault[]>(kept.Refusals, FlowJson.Options)!));
    }

    private static async Task<Ok<Listing<Entitlement>>> List(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Entitlement>(await new EntitlementBook(db, records.Key).Of(id, cancellationToken)));
    }
}

/// <summary>What came of a list.</summary>
public sealed record EntitlementReceipt(string FileId, int Accepted, int Repeated, int Refused, IReadOnlyList<ListFault> Refusals);
