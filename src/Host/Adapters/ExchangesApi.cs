using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Adapters;

/// <summary>The log of what went to outside systems: on which ground, and what became of it (S23).</summary>
internal static class ExchangesApi
{
    public static void MapExchanges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/exchanges").WithTags("Adapters").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("A county's exchanges, newest first; with one system or about one person when asked; without what was sent");
        group.MapGet("/{id}", Find).WithSummary("An exchange with its answer; ID numbers never").Refuses(404);
    }

    private static async Task<Ok<Listing<LoggedExchange>>> List(ReliefRecords records, string county, string? adapter, string? person, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<LoggedExchange>([.. (await new ExchangeBook(db).Of(county, adapter, person, cancellationToken)).Select(LoggedExchange.Of)]));
    }

    private static async Task<Results<Ok<ExchangeView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new ExchangeBook(db).Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(new ExchangeView(LoggedExchange.Of(found), found.Answer is { } answer ? JsonElement.Parse(answer) : null))
            : Refusal.Of(404, "exchange.notFound", "There is no such exchange.");
    }
}

/// <summary>A line of the log.</summary>
/// <param name="LegalBasis">The law or the consent that it rests on.</param>
/// <param name="Status">Waiting, Delivered, Refused, Unreachable, ByHand, Abandoned, Withheld or Dropped.</param>
/// <param name="Reason">Why it was not taken or not sent.</param>
/// <param name="Proof">What proves that a person has done it.</param>
public sealed record LoggedExchange(
    string Id, DateTimeOffset At, string By, string Adapter, string Operation, string Subject, string? PersonId, string? AgreementId, string LegalBasis, DateTimeOffset? DueAt, ExchangeStatus Status, int? ReplyStatus,
    string? Reason, string? Proof, string? SettledBy, DateTimeOffset? SettledAt)
{
    internal static LoggedExchange Of(Exchange row) => new(
        row.Id, row.CreatedAt, row.CreatedBy, row.Adapter, row.Operation, row.Subject, row.PersonId, row.AgreementId, row.LegalBasis, row.DueAt, row.Status, row.ReplyStatus, row.Reason, row.Proof,
        row.SettledBy, row.SettledAt);
}

/// <param name="Answer">What the other side said.</param>
public sealed record ExchangeView(LoggedExchange Exchange, JsonElement? Answer);
