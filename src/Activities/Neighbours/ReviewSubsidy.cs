using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The township reviews a sheet (P11 step 4): logs that do not hold are struck out, disputed ones that do are added. Whoever recorded a log does not review it.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The township reviews a sheet of subsidies.", Chinese = "乡镇审核补贴", Waits = true, Approves = true)]
[Outcomes("Reviewed")]
public sealed class ReviewSubsidy : SheetStep
{
    protected override async Task<HumanTask> Ask(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken)
    {
        var view = (await new NeighbourQueries(db).Sheet(SheetId, cancellationToken))!;
        var logs = view.Helpers.SelectMany(line => line.Logs).Select(log => new FieldChoice(log.Id, $"{log.ServiceDate:yyyy-MM-dd} {log.HelperId} {log.Content}")).ToList();
        var due = await new YearDates(db, sheet).Due("neighbour.review", cancellationToken);
        return Work("subsidy.review", "审核邻里补贴", (ReliefRoles.TownshipReviewer, sheet.TownshipCode), due) with
        {
            Outcomes = ["Reviewed"],
            Form = [FormField.Of("struck", "剔除的记录", "array").OneOf(logs), FormField.Of("restored", "补充确认的记录", "array")],
            Excluded = [.. view.Helpers.SelectMany(line => line.Logs).Select(log => log.CreatedBy).Distinct()],
            Data = Json(new { lines = view.Helpers.Select(line => new { line.Subsidy.HelperId, line.Subsidy.Visits, line.Subsidy.Granted, status = line.Subsidy.Status.ToString(), line.Subsidy.Reason }) })
        };
    }

    protected override async Task<ActivityResult?> Decide(
        ReliefDbContext db, SubsidySheet sheet, (ActivityContext Context, Answer Answer) by, CancellationToken cancellationToken)
    {
        var form = FormData.Read<Form>(by.Answer.Data);
        await new SubsidyBook(db).Review(SheetId, (form?.Struck ?? [], form?.Restored ?? []), by.Context.DeedOf("review", by.Answer.By), cancellationToken);
        return new Completed("Reviewed");
    }

    private sealed record Form(IReadOnlyList<string>? Struck, IReadOnlyList<string>? Restored);
}
