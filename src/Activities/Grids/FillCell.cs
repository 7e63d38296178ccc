using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Grids;

/// <summary>A cell without a worker is an alarm until it has one (P18, INV-20): the county appoints somebody here, or over the register, which ends it too.</summary>
/// <remarks>It never ends by time: late, the county is told again and the task stands. A stand-in covers the villages and does not end the alarm.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Has the county appoint a worker to a cell of the grid that has none.", Chinese = "网格员补配", Waits = true)]
[Outcomes(Filled)]
public sealed class FillCell : AskedStep<GridScene>
{
    private const string Filled = nameof(Filled);

    [Input("The cell.", Chinese = "网格")]
    public required string CellId { get; init; }

    protected override Task<GridScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => GridScene.Of(db, CellId, context, cancellationToken);

    // Who came back to the staff meanwhile was appointed by nobody, and no event says so: the end of the time does.
    protected override Task<Question> Ask(GridScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("grid.vacant", "网格员补配", ReliefRoles.CountyOfficer, scene.CountyCode)
        {
            Outcomes = [Filled], Form = [FormField.Of("staffId", "网格员", "string", Filled)], Data = new { cell = CellId },
            DueKey = "grid.vacant", WhenLate = scene.IsFilled ? Filled : null, Send = [scene.Vacant]
        });

    protected override Task<StepEnd?> Begin(GridScene scene, CancellationToken cancellationToken) => Task.FromResult(End(scene));

    protected override IEnumerable<Bookmark> Also(GridScene scene) => [Bookmark.Event("filled", GridBook.Filled(CellId))];

    protected override Task<StepEnd?> Hear(GridScene scene, Wakeup wakeup, CancellationToken cancellationToken) => Task.FromResult(End(scene));

    protected override async Task<StepEnd> Decide(GridScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (End(scene) is { } end)
            return end;
        if (answer.Text("staffId") is not { Length: > 0 and <= 100 } staff)
            return StepEnd.Not("StaffMissing");
        var fault = await new PostBook(scene.Db).Appoint(scene.Cell, staff, scene.Context.DeedOf("appoint", answer.By), cancellationToken);
        return fault?.Code switch
        {
            null => StepEnd.By(Filled),
            "grid.hasCell" => StepEnd.Not("WorkerHasCell"),
            "grid.notGridWorker" => StepEnd.Not("NotGridWorker"),
            _ => StepEnd.Not("StaffMissing")
        };
    }

    protected override IEnumerable<Message> Nudges(GridScene scene, Question question, bool isLate) => scene.IsFilled ? [] : [scene.Vacant];

    private static StepEnd? End(GridScene scene) => scene.IsFilled ? StepEnd.By(Filled) : null;
}
