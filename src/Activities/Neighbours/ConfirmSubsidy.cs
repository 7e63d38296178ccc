using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Each helper looks at their own line (P11 step 3): by a task or by <c>subsidy:{helperId}:{year}</c>. Ten days of silence agree.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Each helper looks at their own line; silence agrees.", Chinese = "帮扶人核对", Waits = true)]
[Outcomes("Agreed", "Disputed")]
public sealed class ConfirmSubsidy : Activity
{
    [Input("The sheet.", Chinese = "补贴表")]
    public required string SheetId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var sheet = await db.Set<SubsidySheet>().SingleAsync(row => row.Id == SheetId, cancellationToken);
        var open = await Open(db, cancellationToken);
        if (open.Count == 0)
            return new Completed("Agreed");
        var due = (await new Deadlines(db).Of("neighbour.confirm", sheet.TownshipCode, context.Now, cancellationToken)).Due;
        List<Bookmark> waits = [Bookmark.Timer("silence", due)];
        foreach (var subsidy in open)
            waits.AddRange([Bookmark.Event($"{subsidy.Id}:event", $"subsidy:{subsidy.HelperId}:{subsidy.Year}"), Bookmark.For($"{subsidy.Id}:task", TaskOf(sheet, subsidy) with { Due = due })]);
        return new Waiting([.. waits])
        {
            Send = [.. open.Select(subsidy => Tell.Staff("subsidy.sheet", "N", subsidy.HelperId, new { subsidy.Year, subsidy.Visits, subsidy.Granted }))]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new SubsidyBook(db);
        if (!wakeup.IsTimer)
        {
            var answer = Answer.From(wakeup);
            await book.Take(wakeup.Bookmark.Split(':')[0], answer, context.DeedOf("answer-" + wakeup.Bookmark, answer.By), cancellationToken);
        }

        foreach (var silent in wakeup.IsTimer ? await Open(db, cancellationToken) : [])
            await book.Take(silent.Id, new Answer("Agreed", "Silence", ActivityDeeds.System), context.DeedOf("silent-" + silent.Id), cancellationToken);
        if ((await Open(db, cancellationToken)).Count > 0)
            return new Waiting([]);
        var disputed = await db.Set<Subsidy>().AnyAsync(row => row.SheetId == SheetId && row.Status == SubsidyStatus.Disputed, cancellationToken);
        return new Completed(disputed ? "Disputed" : "Agreed");
    }

    private async Task<IReadOnlyList<Subsidy>> Open(ReliefDbContext db, CancellationToken cancellationToken) =>
        [.. (await new NeighbourQueries(db).Subsidies(SheetId, cancellationToken)).Where(subsidy => subsidy.Status == SubsidyStatus.Computed)];

    private HumanTask TaskOf(SubsidySheet sheet, Subsidy subsidy) => new()
    {
        Title = $"核对本人互助补贴 {subsidy.Year}",
        Kind = "subsidy.confirm",
        Role = ReliefRoles.NeighbourAide,
        Unit = sheet.TownshipCode,
        Assignee = subsidy.HelperId,
        Subject = "subsidy:" + SheetId,
        Outcomes = ["Agreed", "Disputed"],
        Form = [new FormField("reason", "异议", "string", ["Disputed"])],
        Data = Json(new { subsidy.Visits, subsidy.Unit, subsidy.Amount, subsidy.Granted })
    };
}
