using System.Globalization;
using System.Security.Cryptography;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Draws services to be checked, provably and stratum by stratum, and starts the check of each (A33, P14 step 1, CZ-036).</summary>
/// <remarks>The seed is made in the moment of the draw and kept with it: nobody knows it before, and everybody can reckon the draw again afterwards. A crash before the commit leaves no draw behind.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Draws services to be checked and starts each check.", Chinese = "抽取样本")]
[Outcomes("Drawn", "EmptyPopulation")]
public sealed class DrawSample : Activity
{
    /// <summary>What checks one drawn service.</summary>
    public const string Check = "procedure.spotcheck.item";

    private const int SeedBytes = 32;

    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("Monthly or TopUp.", Chinese = "抽样类别")]
    public required string Kind { get; init; }

    [Input("The first service day, as 2026-04-01.", Chinese = "起始日")]
    public required string From { get; init; }

    [Input("The last service day, in the same year.", Chinese = "截止日")]
    public required string To { get; init; }

    [Output("The draw.", Chinese = "抽样计划")]
    public string PlanId { get; private set; } = "";

    [Output("How many services there were: N.", Chinese = "服务总数")]
    public int Services { get; private set; }

    [Output("How many were drawn by chance: n.", Chinese = "样本数")]
    public int Sample { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var request = new DrawRequest(CountyCode, Enum.Parse<DrawKind>(Kind), Day(From), Day(To), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedBytes)));
        var plan = await new SpotCheckBook(db).Draw(request, context.DeedOf("draw"), cancellationToken);
        (PlanId, Services, Sample) = (plan.Id, plan.Services, plan.Sample);
        var view = (await new SpotCheckQueries(db).View(plan.Id, cancellationToken))!;
        var told = ActivityDeeds.Tell("spotcheck.drawn", "K", CountyCode, new { from = From, to = To, services = Services, sample = Sample, items = view.Items.Count });
        return view.Items.Count == 0 ? new Completed(Services == 0 ? "EmptyPopulation" : "Drawn") : new Completed("Drawn") { Send = [told, .. view.Items.Select(item => StartOf(item.Item))] };
    }

    /// <summary>The start of an item's check: once, however often it is sent.</summary>
    internal static Message StartOf(SpotCheckItem item) => Message.Of(new ChildStart(
        InstanceIds.Of("spot-check:" + item.Id), Check, Answer.Json(new { itemId = item.Id, orderId = item.OrderId }), "spot-check:" + item.PlanId, "spot-check:" + item.Id));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
