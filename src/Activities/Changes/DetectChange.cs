using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Takes down that something has changed for a person and says which way it goes (A32, P12 step 1).</summary>
/// <remarks>
/// One row for each origin, whoever says it and however often: an instance that comes second has nothing to do. A death goes by its own procedure, in which a person
/// checks before anything stops (README 0.2b).
/// </remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Takes down that something has changed for a person.", Chinese = "变更登记与分类")]
[Outcomes("Check", "Assess", "Death", "Known")]
public sealed class DetectChange : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("CategoryChange, Address, SelfCare, Hospital, Recovered, Income, Death, Refusal, Eighteen, SupplierChange, PriceChange, Certificate or Recheck.", Chinese = "变更类别")]
    public required string Kind { get; init; }

    [Input("Report, Visit, Check666, DataMatch, Schedule, Register or Appeal.", Chinese = "来源")]
    public required string Origin { get; init; }

    [Input("The report, visit, hit or occurrence.", Chinese = "来源编号")]
    public required string OriginId { get; init; }

    [Input("What was seen, without an illness.", Chinese = "情况")]
    public string Seen { get; init; } = "";

    [Input("The day it is about; today when absent.", Chinese = "发生日期")]
    public DateOnly? SeenOn { get; init; }

    [Input("Who said so.", Chinese = "报告人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Output("The change.", Chinese = "变更")]
    public string ChangeId { get; private set; } = "";

    [Output("The person's open case, if there is one.", Chinese = "个案")]
    public string CaseId { get; private set; } = "";

    [Output("The day it is about.", Chinese = "发生日期")]
    public string On { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ChangeKind>(Kind, out var kind) || !Enum.TryParse<ChangeOrigin>(Origin, out var origin))
            return new Faulted("change.unknownKind", $"There is no change of the kind {Kind} from {Origin}.");
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new ChangeBook(db);
        var entry = new ChangeEntry(PersonId, kind, (origin, OriginId), Seen, SeenOn ?? ChinaTime.DayOf(context.Now));
        var change = await book.Register(entry, context.InstanceId, context.DeedOf("detect", By), cancellationToken);
        (ChangeId, CaseId, On) = (change.Id, change.CaseId ?? "", change.SeenOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (change.InstanceId != context.InstanceId.ToString("N"))
            return new Completed("Known");
        var isDead = await db.Set<Person>().AnyAsync(row => row.Id == PersonId && row.LifeStatus == LifeStatus.Dead, cancellationToken);
        if (isDead || kind == ChangeKind.Death)
        {
            await book.End(change.Id, ChangeStatus.Passed, context.DeedOf("passed"), cancellationToken);
            return new Completed(isDead ? "Known" : "Death");
        }

        return new Completed(kind == ChangeKind.SelfCare ? "Assess" : "Check");
    }
}
