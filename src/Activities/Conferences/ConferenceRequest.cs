using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>The county admits a conference in one of the situations of the list, chooses its level and invites its units, or refuses it with a reason (A37, P16 steps 1 and 2).</summary>
/// <remarks>Only units with a member of the leading group are invited: the others could not vote. It is asked again when a conference goes a level up.</remarks>
[ChangesRecords]
[Activity("Relief Conference", "The county admits a conference and invites its units.", Chinese = "会商申请审核", Waits = true)]
[Outcomes("Admitted", "Refused")]
public sealed class ConferenceRequest : ConferenceStep
{
    [Input("The case; none for a common problem of a county.", Chinese = "个案")]
    public string? CaseId { get; init; }

    [Input("The county, when it is about no case.", Chinese = "县")]
    public string? CountyCode { get; init; }

    [Input("Why no rule helps, as who asks sees it.", Chinese = "适用情形")]
    public string Situation { get; init; } = nameof(ConferenceSituation.NoPolicyFits);

    [Input("In words, without a name.", Chinese = "事由")]
    public string Because { get; init; } = "";

    [Input("Who asks.", Chinese = "提出人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Output("The conference.", Chinese = "会商")]
    public string ConferenceId { get; private set; } = "";

    protected override async Task<string> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        ConferenceId = context.InstanceId.ToString("N");
        var situation = Enum.TryParse<ConferenceSituation>(Situation, out var named) && Enum.IsDefined(named) ? named : ConferenceSituation.NoPolicyFits;
        await new ConferenceBook(db).Ask(new AskedConference(ConferenceId, CaseId, CountyCode, situation, Because), context.DeedOf("ask", By), cancellationToken);
        return ConferenceId;
    }

    protected override Task<Question> Ask(ConferenceScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("conference.request", "一事一议申请审核", ReliefRoles.CountyOfficer, scene.Conference.CountyCode)
        {
            Outcomes = ["Admitted", "Refused"],
            Form =
            [
                FormField.Of("situation", "适用情形", "string", "Admitted").OneOf(Enum.GetNames<ConferenceSituation>()), FormField.Of("level", "会商层级", "string", "Admitted").OneOf(Enum.GetNames<ConferenceLevel>()),
                FormField.Of("units", "参会单位", "array", "Admitted"),
                FormField.Of("rule", "表决规则", "string").OneOf(Enum.GetNames<VoteRule>()), FormField.Of("urgent", "紧急", "boolean"), FormField.Of("reason", "不予会商的理由", "string", "Refused")
            ],
            Data = new
            {
                scene.Conference.CaseId, situation = scene.Conference.Situation.ToString(), scene.Conference.AskedBecause, level = scene.Conference.Level.ToString(),
                situations = Enum.GetNames<ConferenceSituation>(), levels = Enum.GetNames<ConferenceLevel>(), rules = Enum.GetNames<VoteRule>()
            },
            DueKey = "conference.admit"
        });

    protected override async Task<StepEnd> Decide(ConferenceScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed, conference) = (new ConferenceBook(scene.Db), scene.Context.DeedOf("decide-" + scene.Conference.Level, answer.By), scene.Conference);
        if (answer.Decision == "Refused")
        {
            if (answer.Reason is not { Length: > 0 and <= 2000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Decide(conference.Id, ConferenceStatus.Refused, reason, deed, cancellationToken);
            return StepEnd.By("Refused");
        }

        if (FormData.Read<Admission>(answer.Data) is not { } admission || !Enum.IsDefined(admission.Situation) || !Enum.IsDefined(admission.Level) || !Enum.IsDefined(admission.Rule))
            return StepEnd.Not("FormInvalid");
        if (await Problem(scene, admission, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        await book.Admit(conference.Id, admission, deed, cancellationToken);
        return StepEnd.By("Admitted");
    }

    private static async Task<string?> Problem(ConferenceScene scene, Admission admission, CancellationToken cancellationToken)
    {
        if (admission.Level < scene.Conference.Level && scene.Conference.Convening > 0)
            return "LevelTooLow";
        if (admission.Units.Count is < 3 or > 50 || admission.Units.Distinct().Count() != admission.Units.Count)
            return "UnitsInvalid";
        var known = await scene.Db.Set<Organisation>().Where(row => admission.Units.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        if (known.Count != admission.Units.Count)
            return "UnitUnknown";
        var excluded = await scene.Excluded(cancellationToken);
        foreach (var unit in admission.Units)
        {
            var able = await new StaffQueries(scene.Db).Able(ReliefRoles.LeadingGroup, unit, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
            if (able.All(member => excluded.Contains(member.Id)))
                return "UnitCannotVote";
        }

        return null;
    }
}
