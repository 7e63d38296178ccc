using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>With the third Major of a supplier in 90 days, and with each third after it, the county decides whether to suspend it (P14 step 4, E05).</summary>
/// <remarks>Nobody is suspended by a count: it only brings the question.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "The county reviews a supplier after its third major finding.", Chinese = "服务主体暂停审查", Waits = true)]
[Outcomes("Suspended", "Kept", "NotNeeded")]
public sealed class SupplierReview : OrderStep
{
    [Input("The item with the latest Major.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        var (majors, limit) = await Count(scene, cancellationToken);
        return majors >= limit && majors % limit == 0 ? null : StepEnd.By("NotNeeded");
    }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("spotcheck.supplier", "服务主体暂停审查", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Suspended", "Kept"],
            Form = [FormField.Of("reason", "审查意见", "string", "Suspended", "Kept")],
            Data = new { supplier = await Supplier(scene, cancellationToken), majors = (await Count(scene, cancellationToken)).Majors },
            DueKey = "spotcheck.supplier",
            Audience = "K"
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 } reason)
            return StepEnd.Not("ReasonMissing");
        var supplier = await Supplier(scene, cancellationToken);
        if (answer.Decision == "Suspended")
            await new SupplierBook(scene.Db).Set(supplier, SupplierStatus.Suspended, reason, scene.Context.DeedOf("suspend", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision, ActivityDeeds.Tell("spotcheck.supplier", "S", supplier, new { supplier, isSuspended = answer.Decision == "Suspended" })) with { Kept = new { supplier } };
    }

    private async Task<(int Majors, int Limit)> Count(StepScene scene, CancellationToken cancellationToken)
    {
        var (county, today) = (scene.Order.Order.CountyCode, ChinaTime.DayOf(scene.Context.Now));
        var parameters = new ParameterQueries(scene.Db);
        var days = await parameters.Whole("spotcheck.majors.window", county, today, cancellationToken);
        var majors = await new SpotCheckQueries(scene.Db).Majors(await Supplier(scene, cancellationToken), scene.Context.Now.AddDays(-days), cancellationToken);
        return (majors, Math.Max(1, await parameters.Whole("spotcheck.majors", county, today, cancellationToken)));
    }

    private async Task<string> Supplier(StepScene scene, CancellationToken cancellationToken)
    {
        var queries = new SpotCheckQueries(scene.Db);
        return (await queries.Record(await queries.Item(ItemId, cancellationToken), cancellationToken)).SupplierId;
    }
}
