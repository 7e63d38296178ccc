using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The agent sees the person within a working day and is told what to do and until when: in writing, by voice or by video (A43, P20 step 2).</summary>
/// <remarks>Where the person cannot decide, the guardian or the village committee gives it.</remarks>
[ChangesRecords]
[Activity("Relief Agents", "Has the agent take the person's mandate.", Chinese = "取得委托授权", Waits = true)]
[Outcomes("Given", "Declined", Expired)]
public sealed class Mandate : MandateStep
{
    private static readonly string[] Givers = ["Person", "Guardian", "VillageCommittee"];
    private static readonly string[] Forms = ["Written", "Voice", "Video"];

    protected override Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken) => Task.FromResult(
        OfAgent(scene, "agent.mandate", "取得委托授权") with
        {
            Outcomes = ["Given", "Declined"],
            Form =
            [
                FormField.Of("givenBy", "授权人", "string", "Given").OneOf(Givers), GuardianRule.Field, FormField.Of("form", "授权方式", "string", "Given").OneOf(Forms), FormField.Of("evidence", "授权凭证", "string", "Given"),
                FormField.Of("scope", "委托事项", "array", "Given").OneOf(Enum.GetNames<ErrandKind>()), FormField.Of("validTo", "有效期至", "string", "Given"), FormField.Of("reason", "说明", "string", "Declined")
            ],
            Data = new { scene.Mandate.PersonRef, scene.Mandate.Wording, scene.Mandate.RelativeRef, errands = Enum.GetNames<ErrandKind>(), givers = Givers, forms = Forms },
            DueKey = "agent.contact"
        });

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new MandateBook(scene.Db), scene.Context.DeedOf("mandate", answer.By));
        if (answer.Decision == "Declined")
        {
            await book.End(MandateId, ("Declined", answer.Reason), deed, cancellationToken);
            return StepEnd.By("Declined");
        }

        var (by, form) = (answer.Text("givenBy") ?? "", answer.Text("form") ?? "");
        if (!Givers.Contains(by) || !Forms.Contains(form) || answer.Text("evidence") is not { Length: > 0 } evidence)
            return StepEnd.Not("MandateIncomplete");
        if (by == "Guardian" && await scene.Alleged(answer.Text("guardian"), cancellationToken) is { } alleged)
            return StepEnd.Not(alleged);
        if (Scope(answer) is not { Count: > 0 } scope)
            return StepEnd.Not("ScopeUnknown");
        if (!DateOnly.TryParseExact(answer.Text("validTo"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) || !await IsTerm(scene, last, cancellationToken))
            return StepEnd.Not("TermInvalid");
        await book.Give(MandateId, new GivenMandate(by, form, evidence, scope, ChinaTime.EndOf(last)), deed, cancellationToken);
        return StepEnd.By("Given");
    }

    private static List<ErrandKind>? Scope(Answer answer)
    {
        if (answer.List("scope") is not { } list)
            return null;
        List<ErrandKind> scope = [];
        foreach (var named in list.EnumerateArray())
        {
            if (named.ValueKind != System.Text.Json.JsonValueKind.String || !Enum.TryParse<ErrandKind>(named.GetString(), out var kind) || !Enum.IsDefined(kind))
                return null;
            scope.Add(kind);
        }

        return scope;
    }

    private static async Task<bool> IsTerm(MandateScene scene, DateOnly last, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(scene.Context.Now);
        var most = await new ParameterQueries(scene.Db).Whole("agent.term", scene.Mandate.AreaCode, today, cancellationToken);
        return last >= today && last <= today.AddDays(most);
    }
}
