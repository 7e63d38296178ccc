using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Asks the applicant once for all missing papers and waits for them (A05, one-time notice).</summary>
/// <remarks>
/// They arrive as the event <c>supplement:{applicationId}</c> with <c>{ "papers": […] }</c>, or <c>{ "withdrawn": true }</c>; several parcels may come.
/// When they are late the township offers help on behalf (P20) before anything is refused: whoever wants it has the time once more.
/// </remarks>
[Activity("Relief Intake", "Asks once for all missing papers and waits for them.", Chinese = "一次性告知补正", Waits = true)]
[Outcomes(Supplied, Timeout, Withdrawn)]
[ChangesRecords]
public sealed class SupplementRequest(ReliefDatabase database) : Activity
{
    private const string Supplied = nameof(Supplied);
    private const string Timeout = nameof(Timeout);
    private const string Withdrawn = nameof(Withdrawn);
    private const string Wanted = nameof(Wanted);
    private const string Declined = nameof(Declined);
    private const string Papers = "papers";
    private const string Offer = "offer";
    private const string Helped = "helped";
    private const string Kind = "supplement-help";

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
        return await WaitAt([Awaited(1), .. deadline.Timers(Papers)], Notice(scene, "intake.supplement", Missing, deadline.Due));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var application = await records.Set<Application>().SingleAsync(row => row.Id == ApplicationId, cancellationToken);
        if (wakeup.IsTimer)
            return await Late(records, scene, (context, wakeup), application, cancellationToken);
        if (wakeup.Kind == BookmarkKind.Task && wakeup.As<TaskDecision>() is { } decision)
            return decision.Outcome == Wanted ? await Help(records, scene, (context, decision.By), application, cancellationToken) : await Complete(Timeout);

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

    // Nothing is refused before help was offered, and not while somebody helps.
    private static async Task<ActivityResult> Late(ReliefDbContext records, CaseScene scene, (ActivityContext Context, Wakeup Wakeup) now, Application application, CancellationToken cancellationToken)
    {
        var of = now.Wakeup.Bookmark.Split('.')[0];
        if (!CaseDesk.IsDeadline(now.Wakeup.Bookmark))
            return await KeepWaiting(null, of == Offer ? scene.Reminder(Kind) : Notice(scene, "intake.supplementReminder", application.MissingPapers, null));
        if (of == Papers)
        {
            var deadline = await new CaseDesk(records).Deadline(scene, "intake.supplementHelp", now.Context.Now, cancellationToken);
            return await KeepWaiting([.. deadline.Bookmarks(Offer, scene.Task(Work(application)))], Notice(scene, "intake.supplementHelp", application.MissingPapers, deadline.Due));
        }

        return of == Offer && await new MandateQueries(records).Find(MandateOf(now.Context), cancellationToken) is not null ? await KeepWaiting() : await Complete(Timeout);
    }

    private async Task<ActivityResult> Help(ReliefDbContext records, CaseScene scene, (ActivityContext Context, string By) of, Application application, CancellationToken cancellationToken)
    {
        var entry = new MandateEntry
        {
            CountyCode = scene.County, AreaCode = scene.Case.AreaCode, PersonRef = scene.Case.PersonId, CaseId = CaseId, Wording = "代办补正材料:" + string.Join('、', application.MissingPapers)
        };
        var mandate = await new MandateBook(records).Ask(entry, new Deed(of.By, of.Context.Now, MandateOf(of.Context)), cancellationToken);
        var deadline = await new CaseDesk(records).Deadline(scene, "intake.supplementWindow", of.Context.Now, cancellationToken);
        return await KeepWaiting([.. deadline.Timers(Helped)], MandateBook.StartOf(mandate, of.Context.SubjectId));
    }

    // One for this run, whoever asks: a repeat finds it.
    private static string MandateOf(ActivityContext context) => context.KeyFor(Kind).ToString("N");

    private static DeskWork Work(Application application) => new()
    {
        Title = "补正逾期:征询帮办代办",
        Kind = Kind,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Wanted, Declined],
        Form = [FormField.Of("note", "征询情况", "string", Declined)],
        Data = Json(new { missing = application.MissingPapers })
    };

    private Bookmark Awaited(int round) => Bookmark.Event($"{Papers}.{round}", $"supplement:{ApplicationId}");

    private static int Round(Wakeup wakeup) => int.Parse(wakeup.Bookmark[(Papers.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static Message Notice(CaseScene scene, string template, IReadOnlyList<string> papers, DateTimeOffset? due) =>
        Tell.Person(template, "A", scene.Case.PersonId,
            new { caseNumber = scene.Case.Number, papers, due = due is { } at ? ChinaTime.DayOf(at) : (DateOnly?)null });

    private sealed record Parcel
    {
        public IReadOnlyList<string> Papers { get; init; } = [];

        public bool Withdrawn { get; init; }
    }
}
