using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>The county's coordinator finds the member unit whose service meets the need, for one person or as a group activity (PW3 steps 1 and 2).</summary>
/// <remarks>A unit that has refused this order is not asked again.</remarks>
[ChangesRecords]
[Activity("Relief Partners", "The coordinator finds the member unit that meets the need.", Chinese = "匹配成员单位", Waits = true)]
[Outcomes("Single", "Group", "None", "Stopped")]
public sealed class MatchUnit : OrderStep
{
    [Output("The unit.", Chinese = "成员单位")]
    public string UnitId { get; private set; } = "";

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("linkage.match", "匹配成员单位", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Single", "Group", "None"],
            Form = [FormField.Of("unitId", "成员单位", "string", "Single", "Group").OneOf((await Units(scene, cancellationToken)).Select(unit => new FieldChoice(unit.Id, unit.Name))), FormField.Of("reason", "理由", "string", "None")],
            Data = new { items = scene.Order.Needs.Select(need => need.ItemCode), units = (await Units(scene, cancellationToken)).Select(unit => new { unit.Id, unit.Name }) },
            WorkingDays = 3,
            Audience = "K",
            WhenStopped = "Stopped"
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "None")
            return StepEnd.By("None");
        var units = await Units(scene, cancellationToken);
        if (units.FirstOrDefault(unit => unit.Id == answer.Text("unitId")) is not { } chosen)
            return StepEnd.Not(scene.Order.Order.DeclinedBy.Contains(answer.Text("unitId")) ? "RefusedBefore" : "UnknownUnit");
        UnitId = chosen.Id;
        return StepEnd.By(answer.Decision) with { Kept = new { UnitId } };
    }

    private static async Task<IReadOnlyList<Organisation>> Units(StepScene scene, CancellationToken cancellationToken)
    {
        var (county, refused) = (scene.Order.Order.CountyCode, scene.Order.Order.DeclinedBy);
        return await scene.Db.Set<Organisation>().Where(row => row.CountyCode == county && row.Kind == OrganisationKind.Department && !refused.Contains(row.Id))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }
}
