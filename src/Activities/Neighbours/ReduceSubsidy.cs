using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The county decides what a short budget means: all amounts in proportion, by a document, or another try when money has come.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The county decides on a pro-rata reduction.", Chinese = "资金不足县级决定", Waits = true)]
[Outcomes("Reduced", "Retry")]
public sealed class ReduceSubsidy : SheetStep
{
    protected override async Task<HumanTask> Ask(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken)
    {
        var due = (await new Deadlines(db).WorkingDays(5, sheet.CountyCode, context.Now, cancellationToken)).Due;
        return Work("subsidy.short", "邻里补贴资金不足", (ReliefRoles.CountyOfficer, sheet.CountyCode), due) with
        {
            Outcomes = ["Reduced", "Retry"],
            Form = [new FormField("document", "县级决定文号", "string", ["Reduced"])],
            Data = Json(new { available = await Available(db, sheet, cancellationToken) })
        };
    }

    protected override async Task<ActivityResult?> Decide(
        ReliefDbContext db, SubsidySheet sheet, (ActivityContext Context, Answer Answer) by, CancellationToken cancellationToken)
    {
        if (by.Answer.Decision != "Reduced")
            return new Completed("Retry");
        if (by.Answer.Text("document") is not { Length: > 0 } document)
            return null;
        var available = await Available(db, sheet, cancellationToken);
        await new SubsidyBook(db).Reduce(SheetId, (available, document), by.Context.DeedOf("reduce", by.Answer.By), cancellationToken);
        return new Completed("Reduced");
    }

    // What F3 can still carry within the 1 % cap, with what is set aside for the sheet already.
    private static async Task<decimal> Available(ReliefDbContext db, SubsidySheet sheet, CancellationToken cancellationToken)
    {
        var queries = new FundQueries(db);
        var free = (await queries.Balances(sheet.CountyCode, sheet.Year, cancellationToken)).Where(balance => balance.Kind == FundKind.F3).Sum(balance => balance.Available);
        var room = (await queries.Cap(sheet.CountyCode, sheet.Year, cancellationToken)).Room;
        var held = sheet.ReservationId is { } id ? await queries.Standing(id, cancellationToken) : 0;
        return Math.Min(free, room) + held;
    }
}
