using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The village calls the person about the logs that nobody has confirmed yet (PW6 step 6): each is confirmed or rejected.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The village calls the person about unconfirmed logs.", Chinese = "每周抽样回访", Waits = true)]
public sealed class CallSample : OrderStep
{
    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var open = await Open(scene, cancellationToken);
        var logs = open.Select(log => new FieldChoice(log.Id, $"{log.ServiceDate:yyyy-MM-dd} {log.HelperId} {log.Content}"));
        return new Question("help.sample", "互助记录抽样回访", ReliefRoles.VillageWorker, scene.Order.Case.AreaCode)
        {
            Outcomes = [Done],
            Form = [FormField.Of("confirmed", "属实的记录", "array").OneOf(logs), FormField.Of("rejected", "不属实的记录", "array").OneOf(logs)],
            Data = new { logs = open.Select(log => new { log.Id, log.HelperId, log.ServiceDate, log.Content }) },
            Audience = "V"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var form = FormData.Read<CallForm>(answer.Data) ?? new CallForm(null, null);
        var book = new NeighbourBook(scene.Db);
        foreach (var log in await Open(scene, cancellationToken))
        {
            var deed = scene.Context.DeedOf("call-" + log.Id, answer.By);
            if (form.Confirmed?.Contains(log.Id) == true)
                await book.Confirm(log.Id, "SampleCall", deed, cancellationToken);
            else if (form.Rejected?.Contains(log.Id) == true)
                await book.Reject(log.Id, "NotAsWritten", deed, cancellationToken);
        }

        return StepEnd.By(Done);
    }

    private static async Task<IReadOnlyList<NeighbourLog>> Open(StepScene scene, CancellationToken cancellationToken) =>
        [.. (await new NeighbourQueries(scene.Db).Logs(scene.Order.Order.Id, cancellationToken)).Where(log => log.Status == LogStatus.Recorded)];

    private sealed record CallForm(IReadOnlyList<string>? Confirmed, IReadOnlyList<string>? Rejected);
}
