using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Fund accounts and their ledger; money is given by a document, proposed by one person and approved by another.</summary>
internal static class FundsApi
{
    private const string Pathway = "procedure.fund";

    public static void MapFunds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/funds").WithTags("Funds").RequireAuthorization(Policies.See);
        group.MapGet("/accounts", Accounts).WithSummary("The fund accounts of a county and year with their balances, F1 to F8");
        group.MapGet("/accounts/{id}", Account).WithSummary("One account's balance").Refuses(404);
        group.MapGet("/accounts/{id}/ledger", Entries).WithSummary("One account's entries, oldest first").Refuses(404);
        group.MapGet("/cap", Cap).WithSummary("Where a county and year stand against the 1 % cap on special funds");
        group.MapPost("/allocations", Allocate).WithSummary("Propose money for an account; another person approves it by a task")
            .RequireAuthorization(Policies.Start).Begins();
        group.MapPost("/petty-cash", OpenPettyCash).WithSummary("Open a township's petty cash for temporary relief, empty; its money comes by an allocation")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/cap", SetCap).WithSummary("Propose the base of the 1 % cap; another person approves it by a task")
            .RequireAuthorization(Policies.Start).Begins();
    }

    private static async Task<Ok<Listing<FundBalance>>> Accounts(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<FundBalance>(await new FundQueries(db).Balances(county, year, cancellationToken)));
    }

    private static async Task<Results<Ok<FundBalance>, ProblemHttpResult>> Account(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new FundQueries(db).Balance(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Ok<Listing<LedgerEntry>>, ProblemHttpResult>> Entries(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new FundQueries(db);
        return await queries.Balance(id, cancellationToken) is null
            ? NotFound()
            : TypedResults.Ok(new Listing<LedgerEntry>(await queries.Entries(id, cancellationToken)));
    }

    private static async Task<Ok<CapPosition>> Cap(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(await new FundQueries(db).Cap(county, year, cancellationToken));
    }

    private static async Task<IResult> Allocate(ReliefRecords records, NewAllocation body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 }, "The county's code.")
            .Check("accountId", body.AccountId is { Length: > 0 }, "The account.")
            .Check("amount", body.Amount > 0 && decimal.Round(body.Amount, 2) == body.Amount, "A positive amount in yuan, to the cent.")
            .Check("document", body.Document is { Length: > 0 and <= 200 }, "The document that gives it.");
        if (fields.Refused is { } refused)
            return refused;
        if (await Problem(records, body, cancellationToken) is { } problem)
            return problem;
        var input = new { countyCode = body.CountyCode, kind = "Allocate", accountId = body.AccountId, amount = body.Amount, document = body.Document, by = context.User.By() };
        return await records.Flows.Begin(new StartInstance(Pathway, FlowJson.Of(input), input.by) { BusinessKey = "fund:" + body.AccountId }, context, cancellationToken);
    }

    private static async Task<Results<Ok<FundBalance>, ProblemHttpResult>> OpenPettyCash(ReliefRecords records, NewPettyCash body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("unitId", body.UnitId is { Length: > 0 and <= 50 }, "The township.").Check("fiscalYear", body.FiscalYear is >= 2000 and <= 2100, "The year.");
        if (fields.Refused is { } refused)
            return refused;
        var deed = await records.DeedOf(context, cancellationToken);
        return await records.Change(db => new FundBook(db).OpenPettyCash(body.UnitId!, body.FiscalYear, deed, cancellationToken), cancellationToken) is { } account
            ? TypedResults.Ok(FundBalance.Of(account))
            : Refusal.Of(404, "fund.unitNotFound", "There is no such township, or its county has no temporary-relief fund (F2).");
    }

    // Asked here so that the proposer is told at once; the procedure asks again under the account's lock (INV-03).
    private static async Task<ProblemHttpResult?> Problem(ReliefRecords records, NewAllocation asked, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new FundQueries(db);
        if (await queries.Balance(asked.AccountId!, cancellationToken) is not { } account)
            return NotFound();
        if (account.Kind != FundKind.F3)
            return null;
        var cap = await queries.Cap(asked.CountyCode!, account.FiscalYear, cancellationToken);
        return cap.Appropriated + asked.Amount <= cap.Cap
            ? null
            : Refusal.Of(409, "fund.capExceeded", FormattableString.Invariant($"CapExceeded({cap.Cap:0.##})"), ("cap", cap.Cap), ("appropriated", cap.Appropriated));
    }

    private static async Task<IResult> SetCap(ReliefRecords records, NewCapFigure body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 }, "The county's code.")
            .Check("fiscalYear", body.FiscalYear is >= 2000 and <= 2100, "The year.")
            .Check("capBase", body.CapBase > 0, "A positive amount in yuan.")
            .Check("document", body.Document is { Length: > 0 and <= 200 }, "The document that sets it.");
        if (fields.Refused is { } refused)
            return refused;
        var input = new { countyCode = body.CountyCode, kind = "CapBase", fiscalYear = body.FiscalYear, amount = body.CapBase, document = body.Document, by = context.User.By() };
        return await records.Flows.Begin(
            new StartInstance(Pathway, FlowJson.Of(input), input.by) { BusinessKey = $"fund-cap:{body.CountyCode}-{body.FiscalYear}" }, context, cancellationToken);
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "fund.notFound", "There is no such account.");
}

/// <summary>Money for an account.</summary>
/// <param name="Amount">Yuan.</param>
/// <param name="Document">The document that gives it.</param>
public sealed record NewAllocation(string? CountyCode, string? AccountId, decimal Amount, string? Document);

/// <summary>A township's petty cash.</summary>
/// <param name="UnitId">The township's organisation.</param>
public sealed record NewPettyCash(string? UnitId, int FiscalYear);

/// <summary>The base of the 1 % cap.</summary>
/// <param name="CapBase">The pooled social-relief funds in yuan; the cap is one hundredth of it.</param>
/// <param name="Document">The document that sets it.</param>
public sealed record NewCapFigure(string? CountyCode, int FiscalYear, decimal CapBase, string? Document);
