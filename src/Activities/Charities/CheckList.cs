using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Another county officer checks the list; only then it goes to the charity (four eyes).</summary>
[ChangesRecords]
[Activity("Relief Partners", "Another county officer checks the list and sends it.", Chinese = "复核并发送名单", Waits = true)]
[Outcomes("Sent", "Returned")]
public sealed class CheckList : ListStep
{
    protected override async Task<Question> Ask(ListScene scene, CancellationToken cancellationToken) =>
        new("charity.check", "复核慈善转介名单", ReliefRoles.CountyOfficer, scene.List.CountyCode)
        {
            Outcomes = ["Sent", "Returned"],
            Form = [FormField.Of("reason", "退回理由", "string", "Returned")],
            Data = new { persons = (await new CharityQueries(scene.Db).Of(ListId, cancellationToken)).Count, scene.List.CompiledBy },
            Excluded = [scene.List.CompiledBy!],
            DueKey = "charity.check",
            Audience = "K"
        };

    protected override async Task<StepEnd> Decide(ListScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (lists, deed) = (new CharityLists(scene.Db), scene.Context.DeedOf("check", answer.By));
        if (answer.Decision == "Returned")
            return await lists.Return(ListId, deed, cancellationToken) ? StepEnd.By("Returned") : StepEnd.Not("NotCompiled");
        return await lists.Send(ListId, deed, cancellationToken)
            ? StepEnd.By("Sent", ActivityDeeds.Tell("charity.list", "S", scene.List.CharityId, Reference(scene)))
            : StepEnd.Not("SameOfficer");
    }
}
