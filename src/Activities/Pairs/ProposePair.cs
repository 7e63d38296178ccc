using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pairs;

/// <summary>The branch secretary names a party member for a person (PW4 step 1): no kin, nobody who stands by three already, nobody who was asked before.</summary>
[ChangesRecords]
[Activity("Relief Pairing", "The branch secretary names a party member for a person.", Chinese = "提名结对党员", Waits = true)]
[Outcomes("Proposed", "NoCandidate", "Stopped")]
public sealed class ProposePair : OrderStep
{
    [Output("Who is named, as a list of one.", Chinese = "结对人选")]
    public string[] Helpers { get; private set; } = [];

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken) =>
        (await Candidates(scene, cancellationToken)).Count == 0 ? StepEnd.By("NoCandidate") : null;

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("pair.propose", "提名结对党员", ReliefRoles.PartySecretary, scene.Order.Case.AreaCode)
        {
            Outcomes = ["Proposed", "NoCandidate"],
            Form = [FormField.Of("memberId", "党员", "string", "Proposed").OneOf(await Candidates(scene, cancellationToken)), FormField.Of("reason", "说明", "string", "NoCandidate")],
            Data = new { candidates = await Candidates(scene, cancellationToken) },
            DueKey = "pair.propose",
            WhenStopped = "Stopped",
            Audience = "N"
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NoCandidate")
            return StepEnd.By("NoCandidate");
        var member = answer.Text("memberId");
        if (member is null || !(await Candidates(scene, cancellationToken)).Contains(member))
            return StepEnd.Not("NotACandidate");
        Helpers = [member];
        return StepEnd.By("Proposed") with { Kept = new { member } };
    }

    private static async Task<IReadOnlyList<string>> Candidates(StepScene scene, CancellationToken cancellationToken)
    {
        var members = await new StaffQueries(scene.Db).With(ReliefRoles.PartyMember, scene.Order.Case.AreaCode, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        var asked = (await new PairQueries(scene.Db).Of(scene.Order.Order.Id, cancellationToken)).Select(pair => pair.HelperId).ToHashSet();
        return await new PairQueries(scene.Db).Free(scene.Order.Order.PersonId, PairKind.Party, [.. members.Select(member => member.Id).Where(id => !asked.Contains(id))], cancellationToken);
    }
}
