using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Guidance;

/// <summary>A second person of the city approves what is done about its counties' service items, by a document (CZ-148).</summary>
[ChangesRecords]
[Activity("Relief Catalogue", "Has the city approve what it does about its counties' items.", Chinese = "服务项目调整", Waits = true, Approves = true)]
[Outcomes("Approved", "Refused")]
public sealed class DecideAdjustment : AskedStep<AdjustmentScene>
{
    [Input("What was asked together.", Chinese = "调整")]
    public required string AskedId { get; init; }

    protected override Task<AdjustmentScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => AdjustmentScene.Of(db, AskedId, context, cancellationToken);

    protected override Task<Question> Ask(AdjustmentScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("adjustment.decide", "市级服务项目调整", ReliefRoles.CityGuide, scene.Bureau)
        {
            Outcomes = ["Approved", "Refused"], Form = [FormField.Of("reason", "理由", "string", "Refused")], Excluded = [scene.All[0].CreatedBy], DueKey = "adjustment.decide",
            Data = new { document = scene.All[0].Document, items = scene.All.Select(one => new { county = one.CountyCode, kind = one.Kind.ToString(), one.ItemCode, one.SuccessorCode }) }
        });

    protected override async Task<StepEnd> Decide(AdjustmentScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.By == scene.All[0].CreatedBy)
            return StepEnd.Not("SamePerson");
        var book = new AdjustmentBook(scene.Db);
        var deed = scene.Context.DeedOf("decide", answer.By);
        if (answer.Decision == "Approved")
        {
            if (!await book.Approve(AskedId, deed, cancellationToken))
                return StepEnd.Not("ItemNotListed");
            return StepEnd.By("Approved", [.. scene.All.Select(one => one.CountyCode).Distinct().Select(county => Tell.Unit("adjustment.approved", "K", county, new { document = scene.All[0].Document }))]);
        }

        if (answer.Reason is not { Length: > 0 and <= 2000 } reason)
            return StepEnd.Not("ReasonMissing");
        await book.Refuse(AskedId, reason, deed, cancellationToken);
        return StepEnd.By("Refused");
    }

    protected override IEnumerable<Message> Nudges(AdjustmentScene scene, Question question, bool isLate) =>
        [Tell.Unit(isLate ? "adjustment.late" : "adjustment.remind", "G", scene.Bureau, new { document = scene.All[0].Document })];
}
