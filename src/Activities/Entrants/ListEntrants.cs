using System.Globalization;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>Draws up who was newly included in a county in a month, from the recognised identities (A31, CZ-145).</summary>
/// <remarks>Somebody who only changes category or township is no new entrant.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Draws up who was newly included in a month.", Chinese = "新增对象名单")]
[Outcomes("Listed")]
public sealed class ListEntrants : Activity
{
    [Input("The county.", Chinese = "县区")]
    public required string CountyCode { get; init; }

    [Input("The month of inclusion, as 2026-05.", Chinese = "月份")]
    public required string Month { get; init; }

    [Output("The list.", Chinese = "名单")]
    public string ListId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        ListId = EntrantList.IdOf(CountyCode, Month);
        await new EntrantBook(db).Draw(CountyCode, DateOnly.ParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture), context.DeedOf("draw"), cancellationToken);
        return new Completed("Listed");
    }
}
