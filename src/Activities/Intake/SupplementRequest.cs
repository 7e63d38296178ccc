using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Asks the applicant once for all missing papers and waits for them (A05, one-time notice).</summary>
/// <remarks>They arrive as the event <c>supplement:{applicationId}</c> with <c>{ "papers": […] }</c>, or <c>{ "withdrawn": true }</c>; several parcels may come.</remarks>
[Activity("Relief Intake", "Asks once for all missing papers and waits for them.", Chinese = "一次性告知补正", Waits = true)]
[Outcomes(Supplied, Timeout, Withdrawn)]
[ChangesRecords]
public sealed class SupplementRequest(ReliefDatabase database) : Activity
{
    private const string Supplied = nameof(Supplied);
    private const string Timeout = nameof(Timeout);
    private const string Withdrawn = nameof(Withdrawn);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Input("All missing papers.", Chinese = "缺少的材料")]
    public required string[] Missing { get; init; }

    [Input("True when they came but cannot be read.", Chinese = "材料不清晰")]
    public bool Unreadable { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var deed = Deed.Of(context);
        var asked = await new ApplicationBook(records).RequestSupplement(new SupplementNotice(ApplicationId, Missing, Unreadable), deed, cancellationToken);
        if (asked is not CaseResult.Done)
            return await Fault("supplement.refused", $"The papers may not be asked for: {asked.GetType().Name}.");
        await new CaseBook(records).Move(CaseId, CaseStatus.SupplementRequested, null, deed.Step("case"), cancellationToken);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "intake.supplementWindow", context.Now, cancellationToken);
        return await WaitAt([Awaited(1), .. deadline.Timers("papers")], Notice(scene, "intake.supplement", Missing, deadline.Due));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var application = await records.Set<Application>().SingleAsync(row => row.Id == ApplicationId, cancellationToken);
        if (wakeup.IsTimer)
        {
            return CaseDesk.IsDeadline(wakeup.Bookmark)
                ? await Complete(Timeout)
                : await KeepWaiting(null, Notice(scene, "intake.supplementReminder", application.MissingPapers, null));
        }

        var parcel = FormData.Read<Parcel>(wakeup.Payload) ?? new Parcel();
        if (parcel.Withdrawn)
            return await Complete(Withdrawn);
        var deed = Deed.Of(context, wakeup, "applicant");
        await new ApplicationBook(records).Supply(ApplicationId, parcel.Papers, deed, cancellationToken);
        if (application.MissingPapers.Except(parcel.Papers).Any())
            return await KeepWaiting([Awaited(Round(wakeup) + 1)]);
        await new CaseBook(records).Move(CaseId, CaseStatus.Submitted, null, deed.Step("case"), cancellationToken);
        return await Complete(Supplied);
    }

    private Bookmark Awaited(int round) => Bookmark.Event($"papers.{round}", $"supplement:{ApplicationId}");

    private static int Round(Wakeup wakeup) => int.Parse(wakeup.Bookmark["papers.".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static Message Notice(CaseScene scene, string template, IReadOnlyList<string> papers, DateTimeOffset? due) =>
        Tell.Person(template, "A", scene.Case.PersonId,
            new { caseNumber = scene.Case.Number, papers, due = due is { } at ? ChinaTime.DayOf(at) : (DateOnly?)null });

    private sealed record Parcel
    {
        public IReadOnlyList<string> Papers { get; init; } = [];

        public bool Withdrawn { get; init; }
    }
}
