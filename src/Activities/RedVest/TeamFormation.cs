using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The lead makes the Red Vest team: at least one assistant, one social worker and one volunteer, or it is incomplete and may not assess (CZ-100).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The lead makes the Red Vest team.", Chinese = "组建红马夹队伍", Waits = true)]
[Outcomes("Formed", "Incomplete", "Stopped")]
public sealed class TeamFormation : OrderStep
{
    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("redvest.team", "组建红马夹队伍", ReliefRoles.RedVestLead, scene.Order.TownshipCode)
        {
            Outcomes = ["Named"],
            Form =
            [
                FormField.Of("members", "队员", "array", "Named").Made(
                    FormField.Of("staffId", "人员编号", "string"), FormField.Of("role", "队中角色", "string").OneOf(Enum.GetNames<TeamRole>()),
                    FormField.Of("certificate", "志愿者培训证书编号", "string"), FormField.Of("validTo", "证书有效期至(长期有效不填)", "string"))
            ],
            Data = new
            {
                members = (await new TeamBook(scene.Db).Of(OrderId, cancellationToken)).Select(member => new { member.StaffId, role = member.Role.ToString() }),
                missing = (await new TeamBook(scene.Db).Missing(OrderId, cancellationToken)).Select(role => role.ToString())
            },
            DueKey = "redvest.team",
            WhenStopped = "Stopped"
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.ListOf<NamedMember>("members") is not { Count: > 0 } named)
            return StepEnd.Not("NoMembers");
        var (book, deed, order) = (new TeamBook(scene.Db), scene.Context.DeedOf("team", answer.By), scene.Order.Order);
        if (await book.Join((OrderId, order.PersonId, scene.Order.TownshipCode), named, deed, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        var kept = new { members = named.Select(one => one.StaffId) };
        if ((await book.Missing(OrderId, cancellationToken)).Count > 0)
            return StepEnd.By("Incomplete") with { Kept = kept };
        if (order.Status == OrderStatus.Created)
            await Taken(scene, deed, cancellationToken);
        return StepEnd.By("Formed", [.. named.Select(one => Tell.Staff("redvest.team", "V", one.StaffId!, scene.Order.Reference))]) with { Kept = kept };
    }

    // The social worker's station stands for the team.
    private async Task Taken(StepScene scene, Deed deed, CancellationToken cancellationToken)
    {
        var lead = (await new TeamBook(scene.Db).Of(OrderId, cancellationToken)).First(member => member.Role == TeamRole.SocialWorker).StaffId;
        var station = await scene.Db.Set<StaffMember>().Where(row => row.Id == lead).Select(row => row.UnitId).SingleAsync(cancellationToken);
        await new OrderBook(scene.Db).Send(OrderId, station, deed, cancellationToken);
        await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Accepted, deed, cancellationToken);
        await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.Referring, null, deed, cancellationToken);
    }
}
