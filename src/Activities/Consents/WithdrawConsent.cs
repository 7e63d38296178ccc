using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Consents;

/// <summary>A person takes consents back: what rests on them stops at once, and within 15 working days the township says what was done (E20).</summary>
/// <remarks>
/// Sheets lose the name, typical cases come down, names leave charities' lists, help by others than suppliers ends, shared data is withheld, and a package that was not handed over never is. Care that a law delegates goes on, and every
/// record that the law asks for stays. When it is late the county is told; nobody answers in the township's place.
/// </remarks>
[ChangesRecords]
[Activity("Relief Consent", "Stops what rests on a consent that is taken back, and has the person answered.", Chinese = "撤回同意办理", Waits = true)]
[Outcomes(Answered)]
public sealed class WithdrawConsent : Activity
{
    private const string Answered = nameof(Answered);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("Publication, Publicity, Charity, Helpers, Sharing, Transfer; all when empty.", Chinese = "撤回范围")]
    public string[] Scopes { get; init; } = [];

    [Input("How it was said: paper, voice, app.", Chinese = "撤回方式")]
    public required string Form { get; init; }

    [Input("Who took it down.", Chinese = "登记人")]
    public string By { get; init; } = ActivityDeeds.System;

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        ConsentScope[] scopes = Scopes.Length == 0 ? Enum.GetValues<ConsentScope>() : [.. Scopes.Select(Enum.Parse<ConsentScope>)];
        var deed = context.DeedOf("withdraw", By);
        var (ended, told) = await new PersonConsents(db).Withdraw(PersonId, scopes, deed, cancellationToken);
        await db.Audit("person:" + PersonId, new AuditDetail("ConsentWithdrawn", new { scopes, Form, ended = ended.Select(one => new { one.Scope, one.Receiver, one.OrderId }) }), deed.Step("audit"), cancellationToken);
        var township = await Township(db, cancellationToken);
        var deadline = await new Deadlines(db).Of("consent.answer", township, context.Now, cancellationToken);
        return new Waiting(deadline.Bookmarks("task", new HumanTask
        {
            Title = "撤回同意:答复本人",
            Kind = "consent.answer",
            Role = ReliefRoles.ReliefClerk,
            Unit = township,
            Subject = "person:" + PersonId,
            Outcomes = [Answered],
            Form = [FormField.Of("answer", "答复内容", "string", Answered)],
            Data = Json(new { scopes = scopes.Select(scope => scope.ToString()), ended = ended.Select(one => new { scope = one.Scope.ToString(), one.Receiver }) })
        }).ToImmutableArray()) { Send = [.. told, Tell.Unit("consent.withdrawn", "C", township, new { count = ended.Count })] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var township = await Township(db, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
        {
            var isLate = wakeup.Bookmark == "task.due";
            return new Waiting([]) { Send = [Tell.Unit("consent.late", isLate ? "K" : "C", isLate ? await new Deadlines(db).CountyOf(township, cancellationToken) : township, new { subject = PersonId })] };
        }

        await db.Audit("person:" + PersonId, new AuditDetail("ConsentAnswered", new { answer = Answer.From(wakeup).Text("answer") }), context.DeedOf("answer", decision.By), cancellationToken);
        return new Completed(Answered) { Send = [Tell.Person("consent.answered", "P", PersonId, new { on = Calendar.ChinaTime.DayOf(context.Now) })] };
    }

    private async Task<string> Township(ReliefDbContext db, CancellationToken cancellationToken) => await new AreaQueries(db).TownshipOf(
        await db.Set<Person>().Where(row => row.Id == PersonId).Select(row => row.AreaCode).SingleAsync(cancellationToken), cancellationToken);
}
