using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Posts masked names and amounts for seven days (P11 step 6); <c>objection:{sheetId}</c> leads back to the review.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Posts the subsidies, masked, for seven days.", Chinese = "补贴公示", Waits = true)]
[Outcomes("NoObjection", "Objection")]
public sealed class SubsidyNotice : SheetStep
{
    protected override IEnumerable<Bookmark> Also => [Bookmark.Event("objection", "objection:" + SheetId)];

    protected override async Task<HumanTask> Ask(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken)
    {
        var due = (await new Deadlines(db).WorkingDays(3, sheet.TownshipCode, context.Now, cancellationToken)).Due;
        return Work("subsidy.post", "张贴补贴公示", (ReliefRoles.ReliefClerk, sheet.TownshipCode), due) with
        {
            Outcomes = ["Posted"],
            Form = [new FormField("proof", "公示照片或网址", "string", ["Posted"])],
            Data = Json(new { content = await Content(db, cancellationToken) })
        };
    }

    protected override async Task<ActivityResult?> Decide(
        ReliefDbContext db, SubsidySheet sheet, (ActivityContext Context, Answer Answer) by, CancellationToken cancellationToken)
    {
        if (by.Answer.Decision != "Posted")
            return new Completed("Objection");
        var content = await Content(db, cancellationToken);
        await new SubsidyBook(db).Change(SheetId, row => row with { Status = SheetStatus.Published, Notice = content, Proof = by.Answer.Text("proof"), PostedAt = by.Context.Now },
            by.Context.DeedOf("post", by.Answer.By), cancellationToken);
        var over = await new Deadlines(db).Of("neighbour.publish", sheet.TownshipCode, by.Context.Now, cancellationToken);
        return new Waiting([Bookmark.Timer("over", over.Due)]);
    }

    protected override ActivityResult OnTimer(string bookmark) => new Completed("NoObjection");

    private async Task<string> Content(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var subsidies = await new NeighbourQueries(db).Subsidies(SheetId, cancellationToken);
        var names = await db.Set<NeighbourVolunteer>().ToDictionaryAsync(helper => helper.Id, helper => helper.Name, cancellationToken);
        return string.Join('\n', subsidies.Select(subsidy => string.Create(CultureInfo.InvariantCulture, $"{names[subsidy.HelperId][..1]}** {subsidy.Visits}次 {subsidy.Granted:0.##}元")));
    }
}
