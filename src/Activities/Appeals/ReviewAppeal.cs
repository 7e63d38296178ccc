using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Somebody who did not decide reviews the matter within ten working days and says why (A53, P25 step 3).</summary>
/// <remarks>
/// Where a township has nobody else, the county reviews. When another body looks at it meanwhile, the review ends by <c>External</c>; when everybody who appealed has taken it back or
/// died, by <c>Left</c> – but money that is owed is owed to the heirs, and its review goes on.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Somebody who did not decide reviews an appeal.", Chinese = "内部复核", Waits = true, Approves = true)]
[Outcomes("Upheld", "Changed", "Revoked", "Resurvey", "External", "Left")]
public sealed class ReviewAppeal : AppealStep
{
    protected override async Task<Question> Ask(AppealScene scene, CancellationToken cancellationToken)
    {
        var excluded = await scene.Excluded(cancellationToken);
        var (role, unit, audience) = await scene.Reviewer(excluded, cancellationToken);
        var parties = await new AppealBook(scene.Db).Parties(AppealId, cancellationToken);
        string[] outcomes = scene.Matter.About switch
        {
            AppealAbout.Decision or AppealAbout.Stop => ["Upheld", "Changed", "Revoked", "Resurvey"],
            AppealAbout.Subsidy => ["Upheld", "Changed"],
            _ => ["Upheld", "Revoked"]
        };
        return new Question("appeal.review", "申诉复核", role, unit)
        {
            Outcomes = outcomes,
            Form =
            [
                FormField.Of("reason", "复核理由(写入答复)", "string", outcomes), .. scene.Matter.About == AppealAbout.Line ? new[] { FormField.Of("recordId", "补付所依据的服务记录", "string", "Revoked") } : [],
                .. scene.Matter.About == AppealAbout.Subsidy ? new[] { FormField.Of("owed", "应补金额(元)", "number", "Changed") } : []
            ],
            Data = new
            {
                about = scene.Matter.About.ToString(), scene.Matter.TargetId, said = parties.Where(party => party.LeftAs is null).Select(party => party.Wording), effect = scene.Matter.Effect?.ToString(),
                scene.Matter.IsLate, scene.Matter.LateNote
            },
            Excluded = excluded, DueKey = "appeal.review", Audience = audience
        };
    }

    protected override IEnumerable<Bookmark> Also(AppealScene scene)
    {
        yield return Bookmark.Event("look", AppealBook.Changed(AppealId));
        if (scene is { IsMoney: false, Matter.PersonId: { } person })
            yield return Bookmark.Event("interrupt", "interrupt:" + person);
    }

    protected override async Task<StepEnd?> Hear(AppealScene scene, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var book = new AppealBook(scene.Db);
        if (wakeup.Bookmark.StartsWith("look", StringComparison.Ordinal))
        {
            return (await book.Tracks(AppealId, cancellationToken)).Count > 0 ? StepEnd.By("External")
                : (await book.Parties(AppealId, cancellationToken)).All(party => party.LeftAs is not null) ? StepEnd.By("Left") : null;
        }

        if (FormData.Read<Signal>(wakeup.Payload)?.Kind != "PersonDied")
            return null;
        var isEmpty = false;
        foreach (var party in (await book.Parties(AppealId, cancellationToken)).Where(party => party.Kind is PartyKind.Person or PartyKind.Agent))
            isEmpty = await book.Leave(party, AppealEnd.Died, scene.Context.DeedOf("died-" + party.Id), cancellationToken);
        return isEmpty ? StepEnd.By("Left") : null;
    }

    protected override async Task<StepEnd> Decide(AppealScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 } reason)
            return StepEnd.Not("ReasonMissing");
        if (reason.Length > 2000)
            return StepEnd.Not("AnswerTooLong");
        if ((await scene.Excluded(cancellationToken)).Contains(answer.By))
            return StepEnd.Not("ConflictOfInterest");
        var owed = answer.Number("owed") ?? 0;
        if (scene.Matter.About == AppealAbout.Subsidy && answer.Decision == "Changed" && (owed <= 0 || decimal.Round(owed, 2) != owed))
            return StepEnd.Not("AmountMissing");
        var (result, record, deed) = (Enum.Parse<AppealResult>(answer.Decision), answer.Text("recordId"), scene.Context.DeedOf("review", answer.By));
        if (scene.Matter.About == AppealAbout.Line && result == AppealResult.Revoked && await new AppealMoney(scene.Db).Problem(scene.Matter, record, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        await new AppealBook(scene.Db).Change(AppealId, ("AppealReviewed", new { result = answer.Decision }), row => row with
        {
            Result = result, Reasons = reason, ReviewedBy = answer.By, ReviewedAt = deed.At, RecordId = record, Owed = owed
        }, deed, cancellationToken);
        // A stop was held until this result, and no longer.
        if (scene.Matter is { About: AppealAbout.Stop, CaseId: { } caseId } && result == AppealResult.Upheld)
            await new CaseBook(scene.Db).Flag(caseId, AppealBook.StopHeld, false, deed.Step("held"), cancellationToken);
        return StepEnd.By(answer.Decision);
    }

    private sealed record Signal(string? Kind);
}
