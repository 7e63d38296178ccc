using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>Has the errands of a mandate done side by side, each in a procedure of its own; a hospital before everything else (P20 step 3).</summary>
/// <remarks>The mandate's own times run on here, once for all of them; when it is over, each errand learns it by <see cref="MandateBook.Over"/>.</remarks>
[ChangesRecords]
[Activity("Relief Agents", "Has the errands of a mandate done side by side, a hospital first.", Chinese = "并行代办", Waits = true)]
[Outcomes(Done, MandateCourse.Expired)]
public sealed class DoErrands : Activity
{
    [Input("The mandate.", Chinese = "委托")]
    public required string MandateId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await MandateScene.Of(db, MandateId, context, cancellationToken);
        if (scene.Mandate.Status == MandateStatus.Ended)
            return new Completed(MandateCourse.Expired);
        var open = await Open(scene, cancellationToken);
        var first = open.Any(errand => errand.Kind == ErrandKind.Hospital) ? open.Where(errand => errand.Kind == ErrandKind.Hospital) : open;
        return open.Count == 0 ? new Completed(Done) : new Waiting([.. first.Select(errand => Begin(context, errand)), .. await new MandateCourse(scene).Bookmarks(cancellationToken)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await MandateScene.Of(db, MandateId, context, cancellationToken);
        if (await new MandateCourse(scene).Hear(wakeup, cancellationToken) is { } heard)
            return heard;
        var open = await Open(scene, cancellationToken);
        return open.Count == 0 ? new Completed(Done)
            : new Waiting(wakeup.Bookmark == NameOf(ErrandKind.Hospital) ? [.. open.Select(errand => Begin(context, errand))] : []);
    }

    private async Task<IReadOnlyList<HelpErrand>> Open(MandateScene scene, CancellationToken cancellationToken) =>
        [.. (await new MandateQueries(scene.Db).Errands(MandateId, cancellationToken)).Where(errand => errand.Status is ErrandStatus.Open or ErrandStatus.Blocked)];

    private Bookmark Begin(ActivityContext context, HelpErrand errand) => Bookmark.Child(NameOf(errand.Kind), Message.Of(new ChildStart(
        context.KeyFor(errand.Id), "procedure.agent.errand", Json(new { mandateId = MandateId, errandId = errand.Id }), context.CorrelationId, context.BusinessKey, context.SubjectId)));

    private static string NameOf(ErrandKind kind) => "errand-" + kind;
}
