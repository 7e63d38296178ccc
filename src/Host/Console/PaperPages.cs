using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Filing;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>What is printed, signed and filed: suppliers' monthly statements, neighbours' yearly sheets, household folders, the covers of files, and the package of who leaves the county. Each sees their own; every figure stands above the records it is the sum of.</summary>
internal static class PaperPages
{
    private const int PerPage = 50;

    public static void MapPaperPages(this RouteGroupBuilder papers)
    {
        papers.MapGet("/", Statements);
        papers.MapGet("/statements/{id}", (ReliefRecords records, PaymentFileDesk desk, HttpContext context, string id) => Statement(records, desk, context, id, null));
        papers.MapGet("/statements/{id}/lines.csv", StatementFile);
        papers.MapPost("/statements/{id}/payment", PayStatement);
        papers.MapGet("/sheets", (ReliefRecords records, PaymentFileDesk desk, HttpContext context, string? year, string? after) => Sheets(records, desk, context, (year, after), null));
        papers.MapPost("/sheets/{id}/payment", PaySheet);
        papers.MapGet("/helpers/{id}/{year:int}", Year);
        papers.MapGet("/helpers/{id}/{year:int}/visits.csv", YearFile);
        papers.MapGet("/files", Files);
        papers.MapGet("/files/{id}", Cover);
        papers.MapGet("/folders/{number}", Folder);
        papers.MapGet("/packages/{id}", Package);
    }

    private static async Task<IResult> Statements(ReliefRecords records, HttpContext context, string? month)
    {
        var shown = month is not null && ShownPeriod.Of(month, DateOnly.MinValue) is { Text: [_, _, _, _, '-', >= '0' and <= '9', _] text } ? text
            : ChinaTime.DayOf(Doorway.VisitorOf(context).Now).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await using var db = records.Reading();
        var batches = await new SettlementQueries(db).OfMonth(shown, context.RequestAborted);
        await using var all = records.ReadingAll();
        var townships = await new AreaQueries(all).Names([.. batches.Select(batch => batch.TownshipCode)], context.RequestAborted);
        var suppliers = await new SupplierQueries(all).Names([.. batches.Select(batch => batch.SupplierId)], context.RequestAborted);
        return Doorway.Page<StatementsPage>(context, new StatementsModel(shown,
            [.. batches.Select(batch => (batch, suppliers.GetValueOrDefault(batch.SupplierId, batch.SupplierId), townships.GetValueOrDefault(batch.TownshipCode, batch.TownshipCode)))]));
    }

    private static async Task<IResult> Statement(ReliefRecords records, PaymentFileDesk desk, HttpContext context, string id, ProblemHttpResult? refused)
    {
        if (await Seen(records, id, context.RequestAborted) is not { } statement)
            return Doorway.Missing(context);
        await using var db = records.ReadingAll();
        var account = (await new SupplierQueries(db).Find(statement.Batch.SupplierId, context.RequestAborted))?.BankAccount;
        var pays = statement.Batch.Status == BatchStatus.Approved && await desk.IsFinance(statement.Batch.CountyCode, Doorway.VisitorOf(context).By, context.RequestAborted);
        return Doorway.Page<StatementPage>(context, new StatementModel(statement, account is null ? null : Masking.Hidden(account), pays, refused is null ? null : Doorway.TextOf(refused, "papers")), refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> StatementFile(ReliefRecords records, HttpContext context, string id) =>
        await Seen(records, id, context.RequestAborted) is { } statement ? PaperFiles.Of(statement) : Doorway.Missing(context);

    private static async Task<IResult> PayStatement(ReliefRecords records, PaymentFileDesk desk, HttpContext context, string id)
    {
        if (await Seen(records, id, context.RequestAborted) is null)
            return Doorway.Missing(context);
        var answer = await desk.OfBatch(id, Doorway.VisitorOf(context).By, context.RequestAborted);
        return answer is ProblemHttpResult refused ? await Statement(records, desk, context, id, refused) : answer;
    }

    private static async Task<IResult> Sheets(ReliefRecords records, PaymentFileDesk desk, HttpContext context, (string? Year, string? After) asked, ProblemHttpResult? refused)
    {
        var (year, after) = asked;
        var visitor = Doorway.VisitorOf(context);
        var shown = year is not null && ShownPeriod.Of(year, DateOnly.MinValue) is { Text: { Length: 4 } text } ? int.Parse(text, CultureInfo.InvariantCulture) : ChinaTime.DayOf(visitor.Now).AddMonths(-6).Year;
        var stop = context.RequestAborted;
        await using var db = records.Reading();
        var (subsidies, townships) = (await new YearSheets(db).OfYear(shown, after ?? "", PerPage + 1, stop), await new YearSheets(db).Townships(shown, stop));
        await using var all = records.ReadingAll();
        var helpers = await new YearSheets(all).Helpers([.. subsidies.Select(subsidy => subsidy.HelperId)], stop);
        var villages = await new AreaQueries(all).Names([.. helpers.Values.Select(helper => helper.AreaCode)], stop);
        return Doorway.Page<SheetsPage>(context, new SheetsModel(shown, townships,
            [.. subsidies.Take(PerPage).Select(subsidy => (subsidy, helpers[subsidy.HelperId].Name, villages.GetValueOrDefault(helpers[subsidy.HelperId].AreaCode, "–")))])
        {
            Next = subsidies.Count > PerPage ? subsidies[PerPage - 1].Id : null,
            Pays = townships.Count > 0 && await desk.IsFinance(townships[0].CountyCode, visitor.By, stop),
            Problem = refused is null ? null : Doorway.TextOf(refused, "papers")
        }, refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> PaySheet(ReliefRecords records, PaymentFileDesk desk, HttpContext context, string id)
    {
        await using var db = records.Reading();
        if (!await db.Holds<SubsidySheet>(id, context.RequestAborted))
            return Doorway.Missing(context);
        var answer = await desk.OfSheet(id, Doorway.VisitorOf(context).By, context.RequestAborted);
        return answer is ProblemHttpResult refused ? await Sheets(records, desk, context, (id.Split('-')[^1], null), refused) : answer;
    }

    private static async Task<IResult> Year(ReliefRecords records, HttpContext context, string id, int year)
    {
        if (await Seen(records, id, year, context.RequestAborted) is not { } sheet)
            return Doorway.Missing(context);
        await using var db = records.ReadingAll();
        var helper = (await new YearSheets(db).Helpers([id], context.RequestAborted))[id];
        return Doorway.Page<YearSheetPage>(context, new YearSheetModel(sheet, Masking.Hidden(helper.BankAccount)));
    }

    private static async Task<IResult> YearFile(ReliefRecords records, HttpContext context, string id, int year) =>
        await Seen(records, id, year, context.RequestAborted) is { } sheet ? PaperFiles.Of(sheet) : Doorway.Missing(context);

    private static async Task<IResult> Files(ReliefRecords records, HttpContext context, string? after)
    {
        await using var db = records.Reading();
        var place = after?.Split('~') is [var number, var id] ? (number, id) : ("", "");
        var files = await new ArchiveQueries(db).From(place, PerPage + 1, context.RequestAborted);
        return Doorway.Page<FilesPage>(context, new FilesModel(null, [.. files.Take(PerPage)], files.Count > PerPage ? $"{files[PerPage - 1].ServiceNo}~{files[PerPage - 1].Id}" : null));
    }

    private static async Task<IResult> Folder(ReliefRecords records, HttpContext context, string number)
    {
        await using var db = records.Reading();
        var files = await new ArchiveQueries(db).Folder(number, context.RequestAborted);
        return files.Count == 0 ? Doorway.Missing(context) : Doorway.Page<FilesPage>(context, new FilesModel(number, files, null));
    }

    private static async Task<IResult> Cover(ReliefRecords records, HttpContext context, string id)
    {
        await using var seen = records.Reading();
        await using var db = records.ReadingAll();
        return await seen.Holds<ArchiveFile>(id, context.RequestAborted) && await new FileCovers(db).Of(id, context.RequestAborted) is { } cover
            ? Doorway.Page<CoverPage>(context, cover) : Doorway.Missing(context);
    }

    private static async Task<IResult> Package(ReliefRecords records, HttpContext context, string id)
    {
        var (package, refused) = await PackageDesk.Of(records, id, context.RequestAborted);
        return package is not null ? Doorway.Page<PackagePage>(context, package)
            : refused!.StatusCode == StatusCodes.Status404NotFound ? Doorway.Missing(context)
            : Doorway.Page<RefusedPage>(context, new RefusedModel("papers.package", Doorway.TextOf(refused, "papers")), refused.StatusCode);
    }

    // Who may see the batch may see its statement whole; the same of a subsidy and its sheet.
    private static async Task<Statement?> Seen(ReliefRecords records, string batchId, CancellationToken cancellationToken)
    {
        await using var seen = records.Reading();
        await using var db = records.ReadingAll();
        return await seen.Holds<SettlementBatch>(batchId, cancellationToken) ? await new StatementQueries(db).Of(batchId, cancellationToken) : null;
    }

    private static async Task<YearSheet?> Seen(ReliefRecords records, string helperId, int year, CancellationToken cancellationToken)
    {
        await using var seen = records.Reading();
        await using var db = records.ReadingAll();
        return await new NeighbourQueries(seen).Line(helperId, year, cancellationToken) is not null ? await new YearSheets(db).Of(helperId, year, cancellationToken) : null;
    }
}

/// <summary>The statements of a month.</summary>
public sealed record StatementsModel(string Month, IReadOnlyList<(SettlementBatch Batch, string Supplier, string Township)> Batches);

/// <summary>A statement.</summary>
/// <param name="Account">Where the supplier is paid, masked.</param>
/// <param name="Pays">Whether the visitor may take the payment file now.</param>
/// <param name="Problem">The key of why not.</param>
public sealed record StatementModel(Statement Statement, string? Account, bool Pays, string? Problem);

/// <summary>The neighbours' sheets of a year.</summary>
/// <param name="Townships">Whose money is to be committed and paid.</param>
/// <param name="Helpers">One line a helper.</param>
public sealed record SheetsModel(int Year, IReadOnlyList<SubsidySheet> Townships, IReadOnlyList<(Subsidy Subsidy, string Name, string Village)> Helpers)
{
    /// <summary>After which subsidy the next page begins; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>Whether the visitor is of the county's finance office.</summary>
    public bool Pays { get; init; }

    /// <summary>The key of why a payment file was refused.</summary>
    public string? Problem { get; init; }
}

/// <summary>A neighbour's sheet.</summary>
/// <param name="Account">Where the helper is paid, masked.</param>
public sealed record YearSheetModel(YearSheet Sheet, string Account);

/// <summary>Files by ascending service number.</summary>
/// <param name="Folder">The household folder they lie in; null for all.</param>
/// <param name="Next">After which file the next page begins; null on the last.</param>
public sealed record FilesModel(string? Folder, IReadOnlyList<ArchiveFile> Files, string? Next);
