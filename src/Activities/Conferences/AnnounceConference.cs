using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Tells the person in plain words how the conference ended, and the case that it goes on: the event <c>conf:{caseId}</c> (P16).</summary>
[ChangesRecords]
[Activity("Relief Conference", "Tells how a conference ended, and has its case go on.", Chinese = "告知会商结果")]
public sealed class AnnounceConference : Activity
{
    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        var status = scene.Conference.Status;
        var passed = status == ConferenceStatus.Passed;
        Message[] person = scene.Case is { } about
            ? [Tell.Person("conference.ended", "P", about.PersonId, new { caseNumber = about.Number, passed }), .. Awaited(about.Flags, about.Id, status)]
            : [];
        return new Completed(Done) { Send = [scene.ToCounty("conference.ended", new { caseNumber = scene.Number, passed }), .. person] };
    }

    // Only a case that stands still for it waits for the event.
    private static IEnumerable<Message> Awaited(string[] flags, string caseId, ConferenceStatus status) => flags.Contains("ConferenceOpen")
        ? [Message.Of(new EventPublished("conf:" + caseId, null, Answer.Json(new { decision = status.ToString() })))]
        : [];
}
