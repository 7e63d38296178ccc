using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>The village finds out who speaks for somebody who cannot decide alone; without a guardian somebody applies on their behalf (P02 step 2).</summary>
/// <remarks>Nobody is asked for a guardian who stands on the records; one who is alleged to have abused the person is not taken (E10).</remarks>
[ChangesRecords]
[Activity("Relief Discovery", "Finds out who speaks for somebody who cannot decide.", Chinese = "查找监护人", Waits = true)]
[Outcomes("GuardianFound", "NoGuardian")]
public sealed class SeekGuardian : OutreachStep
{
    protected override async Task<StepEnd?> Begin(OutreachScene scene, CancellationToken cancellationToken)
    {
        if (await Sought(scene, cancellationToken) is not { GuardianId: { } known } person || GuardianRule.Problem(person, null) is not null)
            return null;
        await new DiscoveryBook(scene.Db).Guarded(DiscoveryId, known, scene.Context.DeedOf("guardian"), cancellationToken);
        return StepEnd.By("GuardianFound");
    }

    protected override Task<Question> Ask(OutreachScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("discovery.guardian", "查找监护人", ReliefRoles.VillageWorker, scene.Found.AreaCode)
        {
            Outcomes = ["GuardianFound", "NoGuardian"],
            Form = [FormField.Of("guardianRef", "监护人(引用编号)", "string", "GuardianFound"), FormField.Of("reason", "查找情况", "string", "NoGuardian")],
            Data = scene.Shown, Excluded = scene.Kin, DueKey = "discovery.guardian", Audience = "V"
        });

    protected override async Task<StepEnd> Decide(OutreachScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NoGuardian")
            return answer.Reason is { Length: > 0 and <= 1000 } ? StepEnd.By("NoGuardian") : StepEnd.Not("ReasonMissing");
        if (answer.Text("guardianRef") is not { Length: > 0 and <= 100 } guardian)
            return StepEnd.Not("GuardianMissing");
        if (await Sought(scene, cancellationToken) is { } person && GuardianRule.Problem(person, guardian) is { } alleged)
            return StepEnd.Not(alleged);
        await new DiscoveryBook(scene.Db).Guarded(DiscoveryId, guardian, scene.Context.DeedOf("guardian", answer.By), cancellationToken);
        return StepEnd.By("GuardianFound");
    }

    // Who is sought for, when the register knows them.
    private static async Task<Person?> Sought(OutreachScene scene, CancellationToken cancellationToken) =>
        scene.Found.PersonId is { } id ? await new PersonQueries(scene.Db).Find(id, cancellationToken) : null;
}
