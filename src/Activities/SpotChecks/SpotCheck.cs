using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>An inspector without any part in the case looks whether a service happened as it was recorded (A34, P14 steps 2 and 3, INV-09).</summary>
/// <remarks>15 working days, then the county is told and the task stays: nobody passes a check by time. Of a person who has died the family or a neighbour is asked.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has an inspector check one service.", Chinese = "抽查核实", Waits = true)]
[Outcomes(nameof(CheckResult.Pass), nameof(CheckResult.Minor), nameof(CheckResult.Major), nameof(CheckResult.CannotVerify))]
public sealed class SpotCheck : OrderStep
{
    private static readonly string[] Results = Enum.GetNames<CheckResult>();

    [Input("The drawn item.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var queries = new SpotCheckQueries(scene.Db);
        var item = await queries.Item(ItemId, cancellationToken);
        var record = await queries.Record(item, cancellationToken);
        return new Question("spotcheck", "服务抽查", ReliefRoles.SpotCheckInspector, item.CountyCode)
        {
            Outcomes = Results,
            Form =
            [
                FormField.Of("method", "核实方式", "string", Results).OneOf(Enum.GetNames<CheckMethod>()), FormField.Of("happened", "是否按记录提供服务", "boolean", "Pass", "Minor"), FormField.Of("sameWorker", "是否为登记的服务人员", "boolean"),
                FormField.Of("charged", "是否向服务对象收费", "boolean"), FormField.Of("satisfaction", "满意度(1–5)", "integer"), FormField.Of("findings", "发现的问题", "string", "Minor", "Major", "CannotVerify"),
                FormField.Of("evidence", "凭证", "array")
            ],
            Data = new
            {
                item.Origin, item.Direct, methods = Enum.GetNames<CheckMethod>(), record.Id, record.ItemCode, record.ServiceDate, record.StartAt, record.EndAt, record.Quantity, record.WorkerId, record.SupplierId, record.Flags
            },
            Excluded = await queries.Excluded(item, cancellationToken),
            DueKey = "spotcheck.check",
            Audience = "K"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var queries = new SpotCheckQueries(scene.Db);
        var item = await queries.Item(ItemId, cancellationToken);
        if (FormData.Read<CheckForm>(answer.Data) is not { } read)
            return StepEnd.Not("FormInvalid");
        var form = read with { Result = Enum.Parse<CheckResult>(answer.Decision) };
        if (form.Problem(item) is { } problem)
            return StepEnd.Not(problem);
        if ((await queries.Excluded(item, cancellationToken)).Contains(answer.By))
            return StepEnd.Not("ConflictOfInterest");
        await new SpotCheckBook(scene.Db).Find(item, form, scene.Context.DeedOf("find", answer.By), cancellationToken);
        var supplier = (await queries.Record(item, cancellationToken)).SupplierId;
        Message[] told = form.Result is CheckResult.Minor or CheckResult.Major
            ? [ActivityDeeds.Tell("spotcheck.found", "S", supplier, Found(scene, form)), ActivityDeeds.Tell("spotcheck.found", "C", scene.Order.TownshipCode, Found(scene, form))]
            : [];
        return StepEnd.By(answer.Decision, told) with { Kept = new { ItemId, item.RecordId, form.Method } };
    }

    private static object Found(StepScene scene, CheckForm form) => new { order = scene.Order.Order.Id, caseNumber = scene.Order.Case.Number, isMajor = form.Result == CheckResult.Major };
}
