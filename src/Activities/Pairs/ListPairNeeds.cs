using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pairs;

/// <summary>The paired member writes down what the person needs and what is planned for the year around the branch's day (PW4 steps 2 and 3).</summary>
[ChangesRecords]
[Activity("Relief Pairing", "The paired member writes down needs and the year's plan.", Chinese = "需求清单与年度计划", Waits = true)]
[Outcomes("Listed")]
public sealed class ListPairNeeds : OrderStep
{
    private static readonly string[] Kinds = ["Material", "Life", "Doubt"];

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("pair.needs", "填写需求清单与年度计划", ReliefRoles.PartyMember, scene.Order.Case.AreaCode)
        {
            Outcomes = ["Listed"],
            Form =
            [
                FormField.Of("needs", "需求清单", "array", "Listed").Made(FormField.Of("kind", "类别", "string").OneOf(Kinds), FormField.Of("content", "需求", "string")),
                FormField.Of("partyDay", "每月党日(几号)", "integer", "Listed"),
                FormField.Of("plan", "年度计划", "string", "Listed")
            ],
            WhenStopped = "Listed",
            WorkingDays = 10,
            Audience = "N"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (FormData.Read<NeedsForm>(answer.Data) is not { Needs: { } needs, PartyDay: >= 1 and <= 28, Plan: { Length: > 0 } plan } form
            || needs.Any(need => !Kinds.Contains(need.Kind) || string.IsNullOrWhiteSpace(need.Content)))
            return StepEnd.Not("NeedsIncomplete");
        var pair = (await new PairQueries(scene.Db).Active(scene.Order.Order.Id, cancellationToken))[0];
        PairNeed[] rows = [.. needs.Select((need, index) => new PairNeed { Id = $"{pair.Id}-{index + 1}", PairId = pair.Id, Kind = need.Kind!, Content = need.Content! })];
        await new PairBook(scene.Db).List(pair with { PartyDay = form.PartyDay, Plan = plan }, rows, scene.Context.DeedOf("needs", answer.By), cancellationToken);
        return StepEnd.By("Listed");
    }

    private sealed record NeedsForm(IReadOnlyList<NeedLine>? Needs, int PartyDay, string? Plan);

    private sealed record NeedLine(string? Kind, string? Content);
}
