using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Covers;

/// <summary>The township decides within two working days who goes on with an order: a qualified supplier, or the township itself for what cannot wait (E05).</summary>
/// <remarks>The chosen supplier must be among those qualified for the items and the area on the first day; it is asked next.</remarks>
[ChangesRecords]
[Activity("Relief Suppliers", "Has the township decide who goes on with an order.", Chinese = "确定衔接方案", Waits = true)]
[Outcomes("Moved", "Emergency", "NotNeeded")]
public sealed class CoverOrder : OrderStep
{
    [Output("Who is asked to go on.", Chinese = "接续主体")]
    public string SupplierId { get; private set; } = "";

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken) =>
        await new CoverBook(scene.Db).Open(OrderId, cancellationToken) is null ? StepEnd.By("NotNeeded") : null;

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("cover.decide", "确定服务衔接方案", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["Moved", "Emergency"],
            Form = [FormField.Of("supplierId", "接续主体", "string", "Moved").OneOf(await Ranked(scene, cancellationToken)), FormField.Of("reason", "说明", "string", "Emergency")],
            Data = new { ranked = await Ranked(scene, cancellationToken) },
            DueKey = "cover.decide"
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var cover = (await new CoverBook(scene.Db).Open(OrderId, cancellationToken))!;
        if (answer.Decision == "Moved")
        {
            SupplierId = answer.Text("supplierId") ?? "";
            return (await Ranked(scene, cancellationToken)).Contains(SupplierId) ? StepEnd.By("Moved") with { Kept = new { SupplierId } } : StepEnd.Not("SupplierNotQualified");
        }

        await new CoverBook(scene.Db).Interrupt(cover, scene.Context.DeedOf("interrupt", answer.By), cancellationToken);
        return StepEnd.By("Emergency", ActivityDeeds.Tell("cover.emergency", "C", scene.Order.TownshipCode, scene.Order.Reference));
    }

    private async Task<IReadOnlyList<string>> Ranked(StepScene scene, CancellationToken cancellationToken)
    {
        var cover = (await new CoverBook(scene.Db).Open(OrderId, cancellationToken))!;
        var wish = await SelectSupplier.WishOf(scene.Db, (scene.Order.Case.Id, cover.LastDay.AddDays(1)), [.. scene.Order.Needs.Select(need => need.ItemCode)], cancellationToken);
        return [.. (await new SupplierQueries(scene.Db).Rank(wish with { Exclude = [cover.FromSupplierId] }, cancellationToken)).Select(supplier => supplier.SupplierId)];
    }
}
