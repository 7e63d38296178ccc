using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>The charity answers for each person on its list: Accepted, Declined with a reason, or Queued, which it answers again later (PW7 step 4).</summary>
/// <remarks>Each person's pathway hears its answer by <c>charity:{orderId}:{projectId}</c>.</remarks>
[ChangesRecords]
[Activity("Relief Partners", "The charity answers for each person on its list.", Chinese = "慈善组织逐人答复", Waits = true)]
[Outcomes("Answered", "Queued")]
public sealed class ListAnswers : ListStep
{
    protected override async Task<Question> Ask(ListScene scene, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(scene, cancellationToken);
        return new Question("charity.answer", "答复慈善转介名单", ReliefRoles.Charity, scene.List.CharityId)
        {
            Outcomes = ["Answered"],
            Form =
            [
                FormField.Of("answers", "逐人答复", "array", "Answered").Made(
                    FormField.Of("orderId", "订单", "string").OneOf(waiting.Select(row => row.OrderId)), FormField.Of("decision", "答复", "string").OneOf("Accepted", "Declined", "Queued"),
                    FormField.Of("reason", "理由", "string"), FormField.Of("plan", "服务方案", "string")).From(waiting.Select(row => new { row.OrderId }))
            ],
            Data = new { list = ListId, persons = waiting.Count },
            DueKey = "charity.reply",
            Audience = "S"
        };
    }

    protected override async Task<StepEnd> Decide(ListScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(scene, cancellationToken);
        if (answer.ListOf<ListAnswer>("answers") is not { } answers || answers.Any(one => one.Decision is not ("Accepted" or "Declined" or "Queued")))
            return StepEnd.Not("UnknownDecision");
        if (answers.Any(one => one.Decision == "Declined" && string.IsNullOrWhiteSpace(one.Reason)))
            return StepEnd.Not("NoReason");
        if (waiting.FirstOrDefault(row => answers.Count(one => one.OrderId == row.OrderId) != 1) is not null)
            return StepEnd.Not("NotEverybodyOnce");

        List<Message> told = [];
        foreach (var row in waiting)
            told.Add(await Take(scene, row, answers.Single(one => one.OrderId == row.OrderId), answer.By, cancellationToken));
        told.AddRange(await ListEnds.Look(scene.Db, ListId, scene.Context.DeedOf("look", answer.By), cancellationToken));
        var queued = answers.Any(one => one.Decision == "Queued" && waiting.Any(row => row.OrderId == one.OrderId));
        return StepEnd.By(queued ? "Queued" : "Answered", [.. told]);
    }

    private static async Task<Message> Take(ListScene scene, Nomination row, ListAnswer said, string by, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("answer:" + row.OrderId, by);
        await new CharityLists(scene.Db).Answer(row.Id, Enum.Parse<NominationStatus>(said.Decision!), (said.Reason, said.Plan), deed, cancellationToken);
        return Message.Of(new EventPublished($"charity:{row.OrderId}:{row.ProjectId}", null, Json(new { decision = said.Decision, reason = said.Reason, by })));
    }

    private async Task<IReadOnlyList<Nomination>> Waiting(ListScene scene, CancellationToken cancellationToken) =>
        [.. (await new CharityQueries(scene.Db).Of(ListId, cancellationToken)).Where(row => row.Status is NominationStatus.Nominated or NominationStatus.Queued)];
}
