using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Has the clerk compare the papers with what the claimed category needs (A04).</summary>
/// <remarks>Missing papers are named once, all of them. Later only papers that came and cannot be read may be asked for again (SC-11).</remarks>
[Activity("Relief Intake", "Has the clerk compare the papers with what is needed.", Chinese = "材料审查", Waits = true)]
[Outcomes(CompleteOutcome, Incomplete)]
public sealed class CompletenessCheck(ReliefDatabase database) : Activity
{
    private const string CompleteOutcome = "Complete";
    private const string Incomplete = nameof(Incomplete);
    private const string Kind = "completeness";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Output("The papers that are missing, all of them.", Chinese = "缺少的材料")]
    public string[] Missing { get; private set; } = [];

    [Output("True when they came but cannot be read.", Chinese = "材料不清晰")]
    public bool Unreadable { get; private set; }

    [Output("The clerk.", Chinese = "经办人")]
    public string? DecidedBy { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "intake.completeness", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(await Application(records, cancellationToken), null), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        DecidedBy = decision.By;
        if (decision.Outcome == CompleteOutcome)
            return await Complete(CompleteOutcome);

        var application = await Application(records, cancellationToken);
        var list = decision.Form<MissingPapers>() ?? new MissingPapers();
        if (list.ProblemFor(application) is { } problem)
            return await KeepWaiting([CaseDesk.Again(scene, Work(application, problem), wakeup)]);
        Missing = [.. list.Missing.Distinct()];
        Unreadable = list.Unreadable;
        return await Complete(Incomplete);
    }

    private Task<Application> Application(ReliefDbContext records, CancellationToken cancellationToken) =>
        records.Set<Application>().SingleAsync(row => row.Id == ApplicationId, cancellationToken);

    private static DeskWork Work(Application application, string? problem)
    {
        var required = PaperMatrix.RequiredOf(application);
        return new DeskWork
        {
            Title = "材料审查",
            Kind = Kind,
            Role = ReliefRoles.ReliefClerk,
            Outcomes = [CompleteOutcome, Incomplete],
            Form = [FormField.Of("missing", "缺少的材料(一次列全)", "array", Incomplete), FormField.Of("unreadable", "材料不清晰", "boolean")],
            Data = Json(new { application.Number, required, present = application.Papers, missing = required.Except(application.Papers), problem }),
            Priority = application.Urgency == Urgency.Normal ? 50 : 80
        };
    }
}
