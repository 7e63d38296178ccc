using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>One county officer closes the list to further names and puts it before the other (PW7 step 4).</summary>
[ChangesRecords]
[Activity("Relief Partners", "A county officer compiles the list of names.", Chinese = "编制转介名单", Waits = true)]
[Outcomes("Compiled", "Empty")]
public sealed class CompileList : ListStep
{
    protected override async Task<Question> Ask(ListScene scene, CancellationToken cancellationToken) =>
        new("charity.compile", "编制慈善转介名单", ReliefRoles.CountyOfficer, scene.List.CountyCode)
        {
            Outcomes = ["Compiled"],
            Data = new { persons = (await Nominated(scene, cancellationToken)).Count, scene.Project.CharityId },
            DueKey = "charity.compile",
            Audience = "K"
        };

    protected override async Task<StepEnd> Decide(ListScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("compile", answer.By);
        if (!await new CharityLists(scene.Db).Compile(ListId, deed, cancellationToken))
            return StepEnd.Not("NotOpen");
        return StepEnd.By((await Nominated(scene, cancellationToken)).Count == 0 ? "Empty" : "Compiled");
    }

    private async Task<IReadOnlyList<Nomination>> Nominated(ListScene scene, CancellationToken cancellationToken) =>
        [.. (await new CharityQueries(scene.Db).Of(ListId, cancellationToken)).Where(row => row.Status == NominationStatus.Nominated)];
}
