using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Neighbours who help, their logs, and the yearly sheets.</summary>
internal static class NeighboursApi
{
    public static void MapNeighbours(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Neighbours").RequireAuthorization(Policies.See);
        group.MapGet("/neighbours/helpers", Helpers).WithSummary("A county's neighbours who help, by id; where they are paid is masked");
        group.MapGet("/neighbours/helpers/{id}/subsidies/{year:int}", Line).WithSummary("A neighbour's subsidy of a year with the logs behind it").Refuses(404);
        group.MapGet("/neighbours/helpers/{id}/subsidies/{year:int}/sheet", Year).WithSummary("A neighbour's sheet of a year: whom they helped, on which days, and what each month and quarter comes to under the cap").Refuses(404);
        group.MapGet("/neighbours/helpers/{id}/subsidies/{year:int}/sheet.csv", YearFile).WithSummary("Its visits as CSV (UTF-8 with a byte order mark)").Produces<string>(contentType: "text/csv").Refuses(404);
        group.MapPost("/neighbours/sheets/{id}/payment-file", PaymentFile).WithSummary("The payment file of a township's year whose money is committed, for county finance; that it was handed out is kept in the audit trail")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Never).Produces<string>(contentType: "text/csv").Refuses(403, 404, 409);
        group.MapGet("/neighbours/sheets/{id}", Sheet).WithSummary("A township's sheet of a year, such as 999901-2026; every figure is a sum of its logs").Refuses(404);
        group.MapGet("/orders/{id}/help-logs", Logs).WithSummary("An order's neighbour logs, by day");
        group.MapPost("/orders/{id}/help-logs", Record).WithSummary("Write down a neighbour's visit; the recorder is never the helper")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/help-logs/{id}/confirm", Confirm).WithSummary("Confirm a log for the person who was helped")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Ok<Listing<NeighbourVolunteer>>> Helpers(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<NeighbourVolunteer>([.. (await new NeighbourQueries(db).Helpers(county, cancellationToken)).Select(helper => helper with { BankAccount = Masking.Hidden(helper.BankAccount) })]));
    }

    // Who may see the helper may see the sheet whole.
    private static async Task<Results<Ok<YearSheet>, ProblemHttpResult>> Year(ReliefRecords records, string id, int year, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new YearSheets(db).Of(id, year, cancellationToken) is { } found ? TypedResults.Ok(found) : NoSubsidy();
    }

    private static async Task<IResult> YearFile(ReliefRecords records, string id, int year, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new YearSheets(db).Of(id, year, cancellationToken) is { } found ? PaperFiles.Of(found) : NoSubsidy();
    }

    private static Task<IResult> PaymentFile(PaymentFileDesk desk, string id, HttpContext context, CancellationToken cancellationToken) => desk.OfSheet(id, context.User.By(), cancellationToken);

    private static ProblemHttpResult NoSubsidy() => Refusal.Of(404, "subsidy.notFound", "There is no such subsidy.");

    private static async Task<Results<Ok<SheetLine>, ProblemHttpResult>> Line(ReliefRecords records, string id, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new NeighbourQueries(db).Line(id, year, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : NoSubsidy();
    }

    private static async Task<Results<Ok<SheetView>, ProblemHttpResult>> Sheet(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new NeighbourQueries(db).Sheet(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Refusal.Of(404, "subsidy.noSheet", "There is no such sheet.");
    }

    private static async Task<Ok<Listing<NeighbourLog>>> Logs(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<NeighbourLog>(await new NeighbourQueries(db).Logs(id, cancellationToken)));
    }

    private static async Task<Results<Accepted<NeighbourLog>, ProblemHttpResult>> Record(
        ReliefRecords records, string id, LogForm body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("helperId", body.HelperId is { Length: > 0 }, "The neighbour.")
            .Check("serviceDate", body.ServiceDate != default, "The day.")
            .Check("content", body.Content is { Length: > 0 and <= 2000 }, "What was done.");
        if (fields.Refused is { } refused)
            return refused;
        var deed = await records.DeedOf(context, cancellationToken);
        return Answer(await records.Change(db => new NeighbourBook(db).Record(id, body, deed, cancellationToken), cancellationToken), context);
    }

    private static async Task<Results<Accepted<NeighbourLog>, ProblemHttpResult>> Confirm(
        ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken)
    {
        var deed = await records.DeedOf(context, cancellationToken);
        return Answer(await records.Change(db => new NeighbourBook(db).Confirm(id, "Beneficiary", deed, cancellationToken), cancellationToken), context);
    }

    private static Results<Accepted<NeighbourLog>, ProblemHttpResult> Answer(LogResult result, HttpContext context) => result switch
    {
        LogResult.Done(var log) => TypedResults.Accepted(context.Request.Path.Value, log),
        LogResult.Refused("UnknownLog") => Refusal.Of(404, "helpLog.notFound", "There is no such log."),
        LogResult.Refused(var reason) => Refusal.Of(409, "helpLog.refused", "The log cannot be kept so.", ("reason", reason)),
        _ => throw new InvalidOperationException($"No answer for {result}.")
    };
}
