using System.Security.Cryptography;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Hands payment files to county finance, the only place where an account number leaves the system in clear: who took which file, with its sum and hash, is in the audit trail before it is handed out.</summary>
internal sealed class PaymentFileDesk(ReliefRecords records)
{
    /// <summary>The file of an approved batch.</summary>
    public async Task<IResult> OfBatch(string batchId, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return (await new SettlementQueries(db).Find(batchId, cancellationToken))?.Batch.CountyCode is { } county
            ? await Hand(county, by, change => new PaymentFiles(change).Of(batchId, by, cancellationToken), cancellationToken)
            : Refusal.Of(404, "settlement.notFound", "There is no such batch.");
    }

    /// <summary>The file of a township's year of neighbours.</summary>
    public async Task<IResult> OfSheet(string sheetId, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return (await new NeighbourQueries(db).Sheet(sheetId, cancellationToken))?.Sheet.CountyCode is { } county
            ? await Hand(county, by, change => new YearSheets(change).PaymentFile(sheetId, by, cancellationToken), cancellationToken)
            : Refusal.Of(404, "subsidy.noSheet", "There is no such sheet.");
    }

    /// <summary>Whether somebody is in a county's finance office today.</summary>
    public async Task<bool> IsFinance(string county, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var posts = await new StaffQueries(db).PostsOf(by, ChinaTime.DayOf(await records.Now(cancellationToken)), cancellationToken);
        return posts.Any(post => post.Role == ReliefRoles.CountyFinance && post.Units.Contains(county));
    }

    private async Task<IResult> Hand(string county, string by, Func<ReliefDbContext, Task<PaymentFileResult>> make, CancellationToken cancellationToken)
    {
        if (!await IsFinance(county, by, cancellationToken))
            return Refusal.Of(403, "payment.notFinance", "Only the county's finance office takes payment files.");
        var deed = await records.DeedOf(by, cancellationToken);
        return await records.Change(async db => await make(db) switch
        {
            PaymentFileResult.Made(var file) => await Exported(db, file, deed, cancellationToken),
            PaymentFileResult.Refused("NotApproved", var state) => Refusal.Of(409, "payment.notApproved", $"It is {state}: a payment file is made of what is approved and not yet paid.", ("state", state)),
            PaymentFileResult.Refused("SamePerson", _) => Refusal.Of(403, "payment.samePerson", "Who verified, approved or reviewed it does not pay it."),
            PaymentFileResult.Refused("NothingToPay", _) => Refusal.Of(409, "payment.nothingToPay", "Nothing is to be paid: what is taken back outweighs it."),
            PaymentFileResult.Refused("NoAccount", _) => Refusal.Of(409, "payment.noAccount", "A payee has no account yet; enter it first."),
            _ => throw new InvalidOperationException("A payment file that was there a moment ago is gone.")
        }, cancellationToken);
    }

    private static async Task<IResult> Exported(ReliefDbContext db, PaymentFile file, Deed deed, CancellationToken cancellationToken)
    {
        var bytes = PaperFiles.Of(file);
        await db.Audit(file.Subject, new AuditDetail("PaymentFileExported", new { file.Key, file.Total, payments = file.Payments.Count, sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }), deed, cancellationToken);
        return CsvFile.Of($"{file.Key.Replace(':', '-')}.csv", bytes);
    }
}
